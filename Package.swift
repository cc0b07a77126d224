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

let agentFolders = ["Amp", "ClaudeCode", "Codex", "CopilotCLI", "GeminiCLI", "OpenCode", "Pi", "QwenCode"]

let package = Package(
    name: "suffice",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "suffice", targets: ["suffice"])],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
    ],
    targets: [
        .target(name: "Domain"),
        .target(name: "CJSONText"),
        .target(name: "JSONText", dependencies: ["CJSONText"]),
        .target(name: "Statistics"),
        .target(name: "Pricing", dependencies: ["Domain", "JSONText"]),
        .target(name: "Actions", dependencies: ["Domain", "JSONText"]),
        .target(
            name: "Ingestion",
            dependencies: ["Domain", "JSONText", "Actions", grdb],
            exclude: agentFolders.map { "\($0)/README.md" }
        ),
        .target(name: "Store", dependencies: ["Domain", grdb]),
        .target(name: "Analysis", dependencies: ["Domain", "Pricing", "Statistics"]),
        .target(name: "Reports", dependencies: ["Domain", "Pricing", "Store", "Statistics"]),
        .executableTarget(
            name: "suffice",
            dependencies: [
                "Domain", "JSONText", "Pricing", "Actions", "Ingestion", "Store", "Analysis", "Statistics", "Reports",
                "TOMLKit",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/CLI"
        ),
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .testTarget(name: "DomainTests", dependencies: ["Domain", "Statistics"]),
        .testTarget(name: "JSONTextTests", dependencies: ["CJSONText", "JSONText", "Statistics"]),
        .testTarget(name: "StatisticsTests", dependencies: ["Statistics"]),
        .testTarget(name: "PricingTests", dependencies: ["Domain", "Pricing"]),
        .testTarget(name: "ActionsTests", dependencies: ["Actions", "Domain", "Statistics"]),
        .testTarget(
            name: "IngestionTests",
            dependencies: ["Domain", "Ingestion", "JSONText", "Statistics", "Store", "TestSupport", grdb]
        ),
        .testTarget(name: "StoreTests", dependencies: ["Domain", "Statistics", "Store", "TestSupport", grdb]),
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
        .testTarget(name: "EndToEndTests", dependencies: ["Statistics", "Store", "TestSupport", "suffice", grdb]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system && target.name != "CJSONText" {
    target.swiftSettings = strict
}
