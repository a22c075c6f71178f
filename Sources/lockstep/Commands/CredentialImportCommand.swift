internal import Engine
internal import Ground
internal import Identity
internal import Store

/// `lockstep credential import FILE.csv`: all rows, or none.
struct CredentialImportCommand {
    let world: World

    func run() throws -> ExitCode {
        let settings = try world.settings()
        let by = world.operatorIdentity(settings)
        try Rights(settings).require(.import, of: by)
        let file = try world.command.required(.file)
        let caller = world.caller(settings)
        let octets = try InputFile.readRegular(file, of: caller)
        let authorities = try world.authorities(settings)
        let store = try world.store(settings, for: .write(create: false))
        let added = try CredentialImport(
            store: store, by: by, now: world.now(),
            readCertificate: { name in
                try InputFile.readRegular(
                    Self.path(of: name, beside: file), of: caller,
                    most: InputFile.mostOfCertificates)
            }
        ).run(octets, name: file)
        try authorities.bind(in: store)
        for authority in added.authorities { world.log.leftOut(authority) }
        if world.wantsJSON {
            world.print([
                "credentials": .int(Int64(added.credentials)),
                "certificates": .int(Int64(added.certificates)),
                "unchanged": .int(Int64(added.unchanged)),
            ])
        } else {
            world.output.line(
                """
                \(added.credentials) credentials and \(added.certificates) certificates added, \
                \(added.unchanged) rows were there already
                """)
        }
        return .ok
    }

    /// A relative name is one in the folder of the CSV file, or in ours when that is standard input.
    static func path(of name: String, beside file: String) -> String {
        if name.hasPrefix("/") { return name }
        guard let slash = file.lastIndex(of: "/") else { return "./" + name }
        return file[...slash] + name
    }
}
