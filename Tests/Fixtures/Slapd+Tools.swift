internal import Foundation
internal import Glibc

extension Slapd: DirectoryServer {
    /// One of OpenLDAP's tools, over the socket as the root DN.
    package func tool(
        _ name: String, _ arguments: [String], input: String = ""
    ) throws -> FinishedProcess {
        let answer = try run(name, arguments, input: input)
        if options.refint {
            try awaitReferences(to: Self.formerNames(name, arguments, input: input))
        }
        return answer
    }

    private func run(
        _ name: String, _ arguments: [String], input: String = ""
    ) throws -> FinishedProcess {
        try ChildProcess.run(
            "/usr/bin/\(name)", ["-Q", "-Y", "EXTERNAL", "-H", socketURL] + arguments,
            input: Array(input.utf8))
    }

    /// Changes the configuration of the server while it runs; the database's entry where none is named.
    package func reconfigure(
        _ lines: String, of entry: String = "olcDatabase={1}mdb,cn=config"
    ) throws {
        try ChildProcess.run(
            "/usr/bin/ldapmodify",
            ["-x", "-H", "ldap://127.0.0.1:\(port)", "-D", "cn=config", "-w", "config"],
            input: Array("dn: \(entry)\nchangetype: modify\n\(lines)\n".utf8)
        ).succeeded(at: "ldapmodify of cn=config")
    }

    /// slapo-refint mends the groups in a task of its own, after the rename was answered.
    private func awaitReferences(to names: [String]) throws {
        for name in names {
            let filter = "(|(member=\(name))(uniqueMember=\(name)))"
            for _ in 0..<1_000 {
                let answer = try run(
                    "ldapsearch", ["-LLL", "-b", SampleOrganisation.suffix, filter, "1.1"])
                if answer.exitCode != 0 || LDIFAnswer.names(answer.stdout).isEmpty { break }
                usleep(5_000)
            }
        }
    }

    /// The DNs that a tool's renames leave behind.
    private static func formerNames(
        _ tool: String, _ arguments: [String], input: String
    ) -> [String] {
        if tool == "ldapmodrdn" { return arguments.suffix(2).prefix(1).map { $0 } }
        return input.components(separatedBy: "\n\n").compactMap { record in
            let lines = record.split(separator: "\n")
            guard lines.contains("changetype: modrdn") else { return nil }
            return lines.first { $0.hasPrefix("dn: ") }.map { String($0.dropFirst(4)) }
        }
    }
}
