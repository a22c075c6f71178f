// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    // The program that people install says nothing of the folder that it was built in.
    .unsafeFlags(
        ["-file-prefix-map", "\(Context.packageDirectory)=."], .when(configuration: .release)),
]

/// The linker's tables can't be written once the program runs: every symbol is bound at its start.
///
/// By the toolchain's own linker: binutils' puts constants among what is written where there is no gold (Debian
/// 13), and then leaves the tables open.
let hardened: [LinkerSetting] = [
    .unsafeFlags([
        "-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "relro", "-Xlinker", "-z", "-Xlinker", "now",
    ])
]

/// A target of ours, under `Sources/` unless it says otherwise.
func module(
    _ name: String, path: String? = nil, needs: [Target.Dependency] = [],
    exclude: [String] = [], sources: [String]? = nil, embed: [String] = []
) -> Target {
    .target(
        name: name, dependencies: needs, path: path, exclude: exclude, sources: sources,
        resources: embed.map { .embedInCode($0) }, swiftSettings: strict)
}

func tests(_ name: String, needs: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: needs + ["Fixtures"], swiftSettings: strict)
}

/// The parsers of foreign octets, held to their corpus: as tests, or as the program of Tests/fuzz, to which libFuzzer
/// brings a start of its own.
func fuzzing(asProgram: Bool) -> Target {
    let needs: [Target.Dependency] = [
        "Authority", "Configuration", "Crypto", "Engine", "Identity", "LDAP", "LDAPClient",
        "Ground",
    ]
    let embedded: [Resource] = [.embedInCode("authority.pem"), .embedInCode("person.der")]
    guard asProgram else {
        return .testTarget(
            name: "FuzzingTests", dependencies: needs, exclude: ["Fuzzer.swift"],
            resources: embedded, swiftSettings: strict)
    }
    return .executableTarget(
        name: "Fuzzer", dependencies: needs, path: "Tests/FuzzingTests",
        exclude: ["CorpusTests.swift"], resources: embedded,
        swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])])
}

let package = Package(
    name: "lockstep",
    products: [.executable(name: "lockstep", targets: ["lockstep"])],
    targets: [
        .systemLibrary(
            name: "CLDAP", pkgConfig: "ldap", providers: [.apt(["libldap-dev"])]),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(
            name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(
            name: "CCrypto", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),

        module("Ground"),
        module("LDAP", needs: ["Ground"]),
        module("Crypto", needs: ["CCrypto", "Ground"]),
        module("Authority", needs: ["CCrypto", "Crypto", "Ground"]),
        module("Identity", needs: ["LDAP", "Ground"]),
        module(
            "Schema", path: "schema", exclude: ["authority.schema.json"], sources: ["Schema.swift"],
            embed: [
                "store/v1_initial.sql",
                "store/v2_decisions.sql",
                "store/v3_streams.sql",
                "store/v4_told.sql",
                "store/v5_views.sql",
                "store/v6_adoption.sql",
                "store/v7_servers.sql",
                "store/v8_names.sql",
                "store/v9_groups.sql",
                "store/v10_limits.sql",
                "store/v11_absence.sql",
                "store/v12_certificates.sql",
                "store/v13_configuration.sql",
                "store/v14_truth.sql",
                "store/v15_outcomes.sql",
                "store/v16_authorities.sql",
                "store/v17_receivers.sql",
                "store/v18_first.sql",
                "lockstep.schema.json",
                "output.schema.json",
                "receiver.schema.json",
            ]),
        module(
            "Sample", path: "config",
            exclude: [
                "389ds.yaml", "activedirectory.yaml", "demo", "systemd", "crontab", "install",
                "package",
                "openldap.yaml", "prometheus", "receivers", "authorities",
            ],
            sources: ["Sample.swift"],
            embed: ["lockstep.yaml"]),
        module("LDAPClient", needs: ["CLDAP", "LDAP", "Ground"]),
        module("Store", needs: ["CSQLite", "Identity", "LDAP", "Schema", "Crypto", "Ground"]),
        module("Configuration", needs: ["CYAML", "Identity", "LDAP", "Schema", "Ground"]),
        module(
            "Engine",
            needs: [
                "LDAPClient", "Store", "Configuration", "Authority", "Crypto", "Identity", "LDAP",
                "Ground",
            ]),
        .executableTarget(
            name: "lockstep",
            dependencies: [
                "Engine", "Configuration", "Identity", "LDAP", "Store", "Sample", "Ground",
            ],
            swiftSettings: strict, linkerSettings: hardened),

        module("Fixtures", path: "Tests/Fixtures", needs: ["Ground"], exclude: ["Corpus"]),
        // In C, as SQLite's own recording VFS is: callbacks over raw memory, for the tests of power cuts.
        .target(name: "RecordingVFS", dependencies: ["CSQLite"], path: "Tests/RecordingVFS"),
        fuzzing(asProgram: Context.environment["LOCKSTEP_FUZZER"] != nil),
        tests("GroundTests", needs: ["Ground"]),
        tests("LDAPTests", needs: ["LDAP", "Ground"]),
        tests("CryptoTests", needs: ["Crypto"]),
        tests("AuthorityTests", needs: ["Authority", "Crypto"]),
        tests("IdentityTests", needs: ["Identity", "LDAP", "Ground"]),
        tests("LDAPClientTests", needs: ["LDAPClient", "LDAP", "Ground"]),
        tests(
            "StoreTests", needs: ["Store", "Identity", "LDAP", "Crypto", "Ground", "RecordingVFS"]),
        tests(
            "ConfigurationTests",
            needs: ["Configuration", "Identity", "LDAP", "Ground", "Sample", "Schema"]),
        tests(
            "EngineTests",
            needs: [
                "Engine", "Store", "Configuration", "LDAPClient", "LDAP", "Identity", "Ground",
                "lockstep",
            ]),
        .testTarget(
            name: "ConformanceTests", dependencies: ["lockstep", "Identity", "Ground", "Fixtures"],
            swiftSettings: strict),
        .testTarget(
            name: "CommandTests", dependencies: ["lockstep", "Ground", "Fixtures", "Schema"],
            exclude: ["OldStores", "Snapshots", "validate.py"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
