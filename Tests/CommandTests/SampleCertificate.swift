import Fixtures

/// Throwaway self-signed certificates.
enum SampleCertificate {
    /// The PEM text of a new one, valid for some days, each time another.
    static var pem: String {
        get throws { try made("-out", "/dev/stdout", "-keyout", "/dev/null") }
    }

    /// The PEM text of a new one behind its private key.
    static var pemWithKey: String {
        get throws { try made("-out", "/dev/stdout", "-keyout", "/dev/stdout") }
    }

    private static func made(_ places: String...) throws -> String {
        try ChildProcess.run(
            "openssl",
            ["req", "-x509", "-nodes", "-days", "30", "-subj", "/O=Example/CN=Sample"]
                + ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
                + ["-addext", "basicConstraints=critical,CA:FALSE"] + places
        ).succeeded(at: "openssl (Debian package openssl)").stdout
    }
}
