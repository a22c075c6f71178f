internal import Identity
internal import Store

extension World {
    /// The one credential with this serial; `--user` and `--kind` decide between several.
    func credential(_ serial: String, in store: Store) throws -> Credential {
        var found = try CredentialTable(store).credentials(withSerial: serial)
        if let name = command.value(.user) {
            let holder = try user(name, in: store)
            found = found.filter { $0.user == holder.id }
        }
        if let kind = command.value(.kind) { found = found.filter { $0.kind == kind } }
        if let only = found.first, found.count == 1 { return only }
        if found.isEmpty { throw Ending(.refused, "there is no credential “\(serial)”") }
        let holders = try found.compactMap { try store.user($0.user) }
        let names = zip(found, holders).map { "\($0.kind.rawValue) of \($1.record.username)" }
        var seen: Set<Int64> = []
        let deciding = [
            Set(found.map(\.user)).count > 1 ? "--user" : nil,
            Set(found.map(\.kind)).count > 1 ? "--kind" : nil,
        ].compactMap(\.self).joined(separator: " or ")
        throw Ending(
            .refused,
            "\(found.count) credentials have the serial “\(serial)”: \(names.joined(separator: ", "))",
            hint: "Say which it is with \(deciding).",
            candidates: holders.filter { seen.insert($0.id).inserted })
    }
}
