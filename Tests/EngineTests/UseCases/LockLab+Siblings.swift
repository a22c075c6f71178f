import Fixtures
import Ground
import Testing

/// The siblings of a lock, and other people at the keyboard.
extension LockLab {
    /// Runs it as somebody else, who must have a login on this machine.
    func json(
        as login: String, _ arguments: [String], exit: Int32 = 0, input: String = "",
        at location: SourceLocation = #_sourceLocation
    ) throws -> JSONValue {
        let end = try ChildProcess(
            try Products.lockstep(),
            ["--config", folder.file("lockstep.yaml"), "--json"] + arguments,
            environment: ["SUDO_USER": login], input: Array(input.utf8)
        ).wait()
        #expect(end.exitCode == exit, "\(end.stdout)\(end.stderr)", sourceLocation: location)
        return try #require(
            JSONValue(parsing: end.stdout), "\(end.stderr)", sourceLocation: location)
    }

    @discardableResult
    func sibling(
        _ command: String, _ user: String = "ada", reason: String, _ more: [String] = [],
        exit: Int32 = 0, at location: SourceLocation = #_sourceLocation
    ) throws -> LockAnswer {
        let arguments = [command, user, "--reason", reason, "--yes"] + more
        return LockAnswer(
            json: try json(as: "root", arguments, exit: exit, at: location))
    }

    func deactivate(exit: Int32 = 0, at location: SourceLocation = #_sourceLocation) throws
        -> LockAnswer
    {
        try sibling("deactivate", reason: "holiday", exit: exit, at: location)
    }

    func reactivate(
        _ more: String..., exit: Int32 = 0,
        at location: SourceLocation = #_sourceLocation
    ) throws -> LockAnswer {
        try sibling("reactivate", reason: "back", more, exit: exit, at: location)
    }

    func unlock(
        _ more: String..., exit: Int32 = 0,
        at location: SourceLocation = #_sourceLocation
    ) throws -> LockAnswer {
        try sibling("unlock", reason: "cleared", more, exit: exit, at: location)
    }

    /// Everything that the entry has, and its groups with all their members.
    func picture(of user: String) throws -> [String] {
        let dn = Self.person(user)
        let attributes = [
            "employeeType", "description", "roomNumber", "title", "mail", "pwdAccountLockedTime",
            "pwdEndTime",
        ]
        return try attributes.map { "\($0): \(try server.values($0, of: dn))" }
            + groups(of: dn).map { group in
                "\(group): \(try server.values("member", of: group).sorted())"
            }
    }

    /// `kind serial state` of the credentials, serial and state of the certificates.
    func objects(of user: String) throws -> [String] {
        let shown = try show(user)
        let keys = ["kind", "serial", "state", "heldAt"]
        return ((shown["credentials"]?.array ?? []) + (shown["certificates"]?.array ?? []))
            .map { object in keys.compactMap { object[$0]?.string }.joined(separator: " ") }
            .sorted()
    }
}
