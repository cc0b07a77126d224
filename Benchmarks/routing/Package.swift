// swift-tools-version: 6.2
import PackageDescription

// The rooms are links to those of the product: what is internal to its package can be timed, and nothing else is built.
let package = Package(
    name: "routing-times",
    platforms: [.macOS(.v15)],
    targets: [
        .target(name: "Domain"),
        .target(name: "CJSONText"),
        .target(name: "JSONText", dependencies: ["CJSONText"]),
        .target(name: "Statistics"),
        .target(name: "Similarity", dependencies: ["JSONText"]),
        .target(name: "Pricing", dependencies: ["Domain", "JSONText"]),
        .target(name: "Actions", dependencies: ["Domain", "JSONText"]),
        .target(name: "Wire", dependencies: ["Domain", "JSONText"]),
        .target(
            name: "Routing",
            dependencies: ["Domain", "JSONText", "Pricing", "Actions", "Similarity", "Statistics"]
        ),
        .executableTarget(name: "RoutingTimes", dependencies: ["Domain", "Routing", "Similarity", "Statistics"]),
        .target(name: "CAllocations"),
        .executableTarget(
            name: "DecisionAllocations",
            dependencies: ["CAllocations", "Domain", "Pricing", "Routing", "Wire"]
        ),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where !target.name.hasPrefix("C") {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("InferIsolatedConformances"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"), .enableUpcomingFeature("ImmutableWeakCaptures"),
    ]
}
