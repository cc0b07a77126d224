// swift-tools-version: 6.2
import PackageDescription

/// What holds in every room: see CONTRIBUTING.md.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .treatAllWarnings(as: .error),
]

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let nio = ["NIOCore", "NIOPosix", "NIOTLS"].map { Target.Dependency.product(name: $0, package: "swift-nio") }
let nioTLS = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")

let logFolders = ["Amp", "ClaudeCode", "Codex", "CopilotCLI", "Gateway", "GeminiCLI", "OpenCode", "Pi", "QwenCode"]

let package = Package(
    name: "suffice",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "suffice", targets: ["suffice"])],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    ],
    targets: [
        .target(name: "Domain"),
        .target(name: "CJSONText"),
        .target(name: "JSONText", dependencies: ["CJSONText"]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .target(name: "Statistics"),
        .target(name: "Similarity", dependencies: ["JSONText"]),
        .target(name: "Pricing", dependencies: ["Domain", "JSONText"]),
        .target(name: "Actions", dependencies: ["Domain", "JSONText"]),
        .target(name: "Journal", dependencies: ["Domain", "JSONText"]),
        .target(name: "Settings", dependencies: ["JSONText"]),
        .target(
            name: "Ingestion",
            dependencies: ["Domain", "JSONText", "Actions", "Journal", grdb],
            exclude: logFolders.map { "\($0)/README.md" }
        ),
        .target(name: "Store", dependencies: ["Domain", "Journal", "JSONText", crypto, grdb]),
        .target(name: "Analysis", dependencies: ["Domain", "Pricing", "Statistics"]),
        .target(
            name: "Reports",
            dependencies: ["Domain", "Evaluation", "Pricing", "Replay", "Routing", "Store", "Statistics"]
        ),
        .target(name: "Wire", dependencies: ["Domain", "JSONText"]),
        .target(
            name: "Routing",
            dependencies: ["Domain", "JSONText", "Pricing", "Actions", "Similarity", "Statistics"]
        ),
        .target(name: "Evaluation", dependencies: ["Domain", "JSONText", "Routing", "Similarity", "Statistics"]),
        .target(name: "Simulation", dependencies: ["Domain", "Pricing", "Routing"]),
        .target(
            name: "Replay",
            dependencies: ["Domain", "JSONText", "Pricing", "Actions", "Statistics", "Wire"]
        ),
        .target(name: "Providers", dependencies: ["Domain", "Wire", "CZlib", logging, nioTLS] + nio),
        .target(
            name: "Gateway",
            dependencies: [
                "Domain", "Journal", "JSONText", "Pricing", "Routing", "Wire", "Providers", logging, metrics,
                lifecycle, crypto,
            ] + nio
        ),
        .target(
            name: "Dashboard",
            dependencies: ["Domain", "Reports", logging, metrics, lifecycle, hummingbird] + nio,
            resources: [.embedInCode("Assets")]
        ),
        .executableTarget(
            name: "suffice",
            dependencies: [
                "Domain", "JSONText", "Pricing", "Actions", "Ingestion", "Store", "Analysis", "Statistics", "Reports",
                "Journal", "Wire", "Routing", "Evaluation", "Similarity", "Simulation", "Providers", "Gateway",
                "Replay",
                "Dashboard", "Settings", "TOMLKit", logging, metrics, lifecycle,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/CLI"
        ),
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .target(
            name: "ConversionVectors",
            dependencies: ["Domain", "JSONText", "Wire"],
            path: "Tests/ConversionVectors"
        ),
        .testTarget(name: "DomainTests", dependencies: ["Domain", "Statistics"]),
        .testTarget(name: "JSONTextTests", dependencies: ["CJSONText", "JSONText", "Statistics", "TestSupport"]),
        .testTarget(name: "StatisticsTests", dependencies: ["Statistics"]),
        .testTarget(name: "SimilarityTests", dependencies: ["Similarity", "Statistics"]),
        .testTarget(name: "PricingTests", dependencies: ["Domain", "Pricing"]),
        .testTarget(name: "ActionsTests", dependencies: ["Actions", "Domain", "JSONText", "Statistics"]),
        .testTarget(name: "SettingsTests", dependencies: ["Settings", "Statistics", "TestSupport"]),
        .testTarget(name: "JournalTests", dependencies: ["Domain", "Journal", "JSONText", "Statistics"]),
        .testTarget(
            name: "IngestionTests",
            dependencies: [
                "Domain", "Ingestion", "Journal", "JSONText", "Routing", "Statistics", "Store", "TestSupport", "Wire",
                grdb,
            ]
        ),
        .testTarget(
            name: "StoreTests",
            dependencies: ["Domain", "Statistics", "Store", "TestSupport", grdb]
        ),
        .testTarget(
            name: "AnalysisTests",
            dependencies: ["Analysis", "Domain", "Pricing", "Statistics"],
            exclude: ["Golden"]
        ),
        .testTarget(
            name: "ReportsTests",
            dependencies: ["Domain", "Pricing", "Reports", "Store"],
            exclude: ["Golden"]
        ),
        .testTarget(
            name: "WireTests",
            dependencies: ["ConversionVectors", "Domain", "JSONText", "Statistics", "TestSupport", "Wire"]
        ),
        .testTarget(
            name: "RoutingTests",
            dependencies: ["Domain", "JSONText", "Pricing", "Routing", "Similarity", "Statistics", "TestSupport"]
        ),
        .testTarget(name: "EvaluationTests", dependencies: ["Domain", "Evaluation", "Routing", "Statistics"]),
        .testTarget(
            name: "SimulationTests",
            dependencies: ["Domain", "Pricing", "Routing", "Simulation", "Statistics"]
        ),
        .testTarget(
            name: "ReplayTests",
            dependencies: ["Actions", "Domain", "JSONText", "Pricing", "Replay", "Statistics", "Wire"]
        ),
        .testTarget(
            name: "ProvidersTests",
            dependencies: [
                "Domain", "Providers", "Statistics", "TestSupport", "Wire",
                .product(name: "NIOEmbedded", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
            ] + nio
        ),
        .testTarget(
            name: "GatewayTests",
            dependencies: [
                "Domain", "Gateway", "Journal", "JSONText", "Pricing", "Providers", "Routing", "Statistics",
                "TestSupport",
                "Wire",
            ] + nio
        ),
        .testTarget(
            name: "DashboardTests",
            dependencies: [
                "Dashboard", "Domain", "Evaluation", "Pricing", "Replay", "Reports", "Store", httpClient, logging,
                metrics,
            ] + nio
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "ConversionVectors", "Dashboard", "Domain", "Gateway", "Pricing", "Providers", "Reports", "Routing",
                "Statistics", "Store", "TestSupport",
                "suffice", grdb, logging, .product(name: "NIOCore", package: "swift-nio"),
            ],
            exclude: ["Dashboard/Clients", "Gateway/Clients", "MCP/Clients", "Validate/Scripts"]
        ),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system && target.name != "CJSONText" {
    target.swiftSettings = strict
}
