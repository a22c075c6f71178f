import Fixtures
import Foundation
import Glibc
import Ground
import Identity
import Testing

/// The receivers in `config/receivers`, each beside what it is for.
@Suite struct ShippedReceiverTests {
    private let lab: LockLab
    /// Where the receiver stands.
    private let folder: TemporaryFolder

    init() throws {
        lab = try LockLab()
        folder = try TemporaryFolder(ownedFolder: "shipped")
    }

    /// Installs one with other values at its top, and configures it.
    private func install(
        _ name: String, _ values: [String: String], more: String = "", attributes: String = ""
    ) throws {
        let source = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../config/receivers/\(name)").standardizedFileURL
        var lines = try String(contentsOf: source, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (variable, value) in values {
            let place = try #require(lines.firstIndex { $0.hasPrefix("\(variable)=") })
            lines[place] = "\(variable)='\(value)'"
        }
        try TemporaryFolder.install(lines.joined(separator: "\n"), at: folder.file(name))
        lab.configuration.top = """
            receivers:
              \(name): {run: ["\(folder.file(name))"], timeout: 20s\(more)}
            """
        try lab.configure()
        guard !attributes.isEmpty else { return }
        try lab.folder.write(
            try String(contentsOfFile: lab.folder.file("lockstep.yaml"), encoding: .utf8)
                .replacing("    roles:", with: "      attributes: [\(attributes)]\n    roles:"),
            to: "lockstep.yaml")
    }

    /// A server in Python that says on its first line where it listens.
    private func server(
        _ program: String, _ arguments: [String] = []
    ) throws -> (child: ChildProcess, port: String) {
        let child = try ChildProcess("/usr/bin/python3", ["-u", "-c", program] + arguments)
        for _ in 0..<500 {
            if let line = child.outputSoFar.split(separator: "\n").first {
                return (child, String(line))
            }
            try #require(child.isRunning, "\(child.errorsSoFar)")
            usleep(20_000)
        }
        throw FixtureError("a server did not start: \(child.errorsSoFar)")
    }

    @Test func `mail reaches the manager whom the entry names`() throws {
        let box = lab.folder.file("mailbox")
        let (smtp, port) = try server(
            """
            import asyncio, sys
            from aiosmtpd.handlers import Mailbox
            from aiosmtpd.smtp import SMTP
            async def main():
                handler = Mailbox(sys.argv[1])
                loop = asyncio.get_running_loop()
                server = await loop.create_server(lambda: SMTP(handler), "127.0.0.1", 0)
                print(server.sockets[0].getsockname()[1])
                await server.serve_forever()
            asyncio.run(main())
            """, [box])
        let account = try lab.folder.write(
            "account default\nhost 127.0.0.1\nport \(port)\n", to: "msmtprc")
        let lockstep = try Products.lockstep() + " --config " + lab.folder.file("lockstep.yaml")
        try install(
            "mail",
            [
                "sendmail": "/usr/sbin/sendmail -C \(account)", "lockstep": lockstep,
                "otherwise": "desk@example.com",
            ], attributes: "manager")
        try lab.change(
            LockLab.person("ada"),
            "replace: displayName\ndisplayName:: \(Data("Ada Ljósberg".utf8).base64EncodedString())"
                + "\n-\nadd: manager\nmanager: \(LockLab.person("ben"))")
        try lab.sync()
        try lab.lock("ada")
        try lab.lock("cleo")
        let mails = try ChildProcess.run(
            "/usr/bin/python3",
            [
                "-c",
                """
                import mailbox, sys
                for mail in sorted(mailbox.Maildir(sys.argv[1]), key=lambda m: m["Message-ID"]):
                    print(mail["To"], "|", mail["Subject"], "|", mail["Message-ID"])
                    print(mail.get_payload(decode=True).decode())
                """, box,
            ]
        ).succeeded(at: "reading the mailbox").stdout
        #expect(
            mails.contains(
                "ben@example.com | ada was locked | <lockstep.process.1@example.com>\n"
                    + "Ada Ljósberg (ada) was locked.\n\nWhy:  The user quits the organization\n"),
            "\(mails)")
        #expect(mails.contains("Roles withdrawn: "))
        #expect(mails.contains("desk@example.com | cleo was locked | "), "\(mails)")
        // A mail system that is down hears of it later.
        smtp.end()
        let later = try lab.lock("dora", exit: 75)
        #expect(later.states(.notify)["mail"] == "pending", "\(later.json.text)")
    }

    @Test(.enabled(if: MachineUser.canBeMade, "only root can make a user"))
    func `sessions of the user on this host end`() throws {
        let user = try MachineUser("session")
        let other = try MachineUser("other")
        try install("sessions", ["least": "1"], more: ", for: [lock, deactivate]")
        try lab.addPerson(user.login)
        // Somebody who is called like another one's number.
        try lab.addPerson(other.uid)
        try lab.sync()
        // A login at a terminal of its own, and what it left running when it went away.
        let sessions = try [user, other].map { user in
            try ChildProcess(
                "/usr/bin/script",
                [
                    "-qec",
                    "su -l \(user.login) -c 'setsid sleep 300 >/dev/null 2>&1 & exec sleep 300'",
                    "/dev/null",
                ])
        }
        func count(_ user: MachineUser) throws -> Int {
            try ChildProcess.run("/usr/bin/pgrep", ["-r", "D,R,S,T", "-U", user.uid, "sleep"])
                .stdout
                .split(separator: "\n").count
        }
        for user in [user, other] {
            for _ in 0..<250 where try count(user) < 2 { usleep(20_000) }
            #expect(try count(user) == 2)
        }
        // A test ends nothing.
        try lab.succeed("receiver", "test", "sessions", "--user", user.login)
        #expect(try count(user) == 2)
        try lab.lock(user.login)
        #expect(try count(user) == 0)
        try lab.lock(other.uid)
        #expect(try count(other) == 2)
        // Who has no account here is no failure.
        try lab.lock("ada")
        _ = try sessions[0].wait()
        try ChildProcess.run("/usr/bin/pkill", ["-KILL", "-U", other.uid]).succeeded(at: "pkill")
    }

    @Test func `sessions of an account of the system are left alone`() throws {
        try install("sessions", [:], more: ", for: [lock]")
        try lab.addPerson("daemon")
        try lab.sync()
        let answer = try lab.lock("daemon", exit: 75)
        #expect(
            answer.errors(.notify).first?.message
                == "daemon is an account of the system here: its sessions are left alone (exit 1)")
    }

    @Test func `a SCIM service has the user inactive, and active again`() throws {
        let (service, port) = try server(
            """
            import json, re
            from http.server import BaseHTTPRequestHandler, HTTPServer
            from urllib.parse import urlsplit, parse_qs
            users = {"7f/1": {"userName": "ada", "active": True}}
            class Service(BaseHTTPRequestHandler):
                def answer(self, status, body):
                    text = json.dumps(body).encode()
                    self.send_response(status)
                    self.send_header("Content-Type", "application/scim+json")
                    self.send_header("Content-Length", str(len(text)))
                    self.end_headers()
                    self.wfile.write(text)
                def do_GET(self):
                    if self.path == "/state":
                        return self.answer(200, users)
                    if self.headers["Authorization"] != "Bearer s3cret":
                        return self.answer(401, {"detail": "who are you"})
                    query = parse_qs(urlsplit(self.path).query)["filter"][0]
                    name = json.loads(re.fullmatch(r"userName eq (.*)", query).group(1))
                    found = [{"id": i} for i, user in users.items() if user["userName"] == name]
                    self.answer(200, {"totalResults": len(found), "Resources": found})
                def do_PATCH(self):
                    body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                    assert body["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:PatchOp"]
                    user = users[self.path.rsplit("/", 1)[1].replace("%2F", "/")]
                    for change in body["Operations"]:
                        user[change["path"]] = change["value"]
                    self.answer(200, user)
                def log_message(self, *words):
                    pass
            server = HTTPServer(("127.0.0.1", 0), Service)
            print(server.server_address[1])
            server.serve_forever()
            """)
        let header = try folder.write("Authorization: Bearer s3cret\n", to: "header")
        try install(
            "scim", ["base": "http://127.0.0.1:\(port)/v2", "authorization": header])
        try lab.sync()
        func isActive() throws -> String {
            try ChildProcess.run("curl", ["-sS", "http://127.0.0.1:\(port)/state"])
                .succeeded(at: "curl").stdout
        }
        try lab.succeed("receiver", "test", "scim", "--user", "ada")
        #expect(try isActive().contains("\"active\": true"))
        try lab.lock("ada")
        #expect(try isActive().contains("\"active\": false"))
        #expect(try lab.unlock().outcome == "completed")
        #expect(try isActive().contains("\"active\": true"))
        // Nobody there has that name.
        try lab.lock("ben")
        try folder.replace("header", with: "Authorization: Bearer wrong\n")
        let refused = try lab.lock("cleo", exit: 75)
        #expect(
            refused.errors(.notify).first?.message
                == "http://127.0.0.1:\(port)/v2 answers 401: who are you (exit 1)")
        service.end()
    }

    @Test func `an openssl CA revokes, and publishes a list that says so`() throws {
        let authority = try CertificateAuthority()
        for name in ["ada", "ben"] { try authority.issue(name) }
        let other = try CertificateAuthority("Another CA")
        try other.issue("stranger", serial: "1000")
        let crl = authority.folder.file("staff.crl")
        try install(
            "openssl-ca",
            [
                "configuration": authority.folder.file("ca.cnf"),
                "issued": authority.folder.path, "crl": crl,
            ], more: ", for: [lock]")
        try lab.sync()
        for (name, file) in [
            ("ada", authority.file("ada", "pem")), ("ben", authority.file("ben", "pem")),
            ("cleo", other.file("stranger", "pem")),
        ] {
            try lab.succeed("credential", "add", name, "--kind", "card", "--serial", "C-\(name)")
            try lab.succeed("certificate", "import", file, "--credential", "C-\(name)")
        }
        try lab.succeed("receiver", "test", "openssl-ca")
        func verify(_ name: String) throws -> FinishedProcess {
            try ChildProcess.run(
                "/usr/bin/openssl",
                [
                    "verify", "-crl_check", "-CAfile", authority.certificate, "-CRLfile", crl,
                    authority.file(name, "pem"),
                ])
        }
        // The same serial of another CA is nobody's here.
        try lab.lock("cleo")
        #expect(try verify("ada").exitCode == 0)
        try lab.lock("ada", reason: "misuse")
        let answer = try verify("ada")
        #expect(answer.exitCode != 0 && answer.stderr.contains("certificate revoked"))
        #expect(try verify("ben").exitCode == 0)
        // Told again, it is revoked already.
        try ChildProcess.run(
            "sqlite3",
            [
                lab.folder.file("store.db"),
                """
                UPDATE steps SET state = 'pending' WHERE kind = 'notify' AND process = 2;
                UPDATE processes SET state = 'partial' WHERE id = 2
                """,
            ]
        ).succeeded(at: "sqlite3")
        #expect(try lab.retry().map(\.outcome) == ["completed"])
    }
}
