import Fixtures
import Foundation
import Glibc
import Ground
import Synchronization
import Testing

/// A CA that can't be reached, answers wrongly or not at all: it is tried less and less often, and keeps
/// nobody waiting.
struct AuthorityOutageTests {
    private let lab: AuthorityLab
    private static let serials = ["ada": "7f0011223344", "ben": "00f1f2f3", "cleo": "05060708"]

    init() throws { lab = try AuthorityLab(Self.serials) }

    /// How often a door was asked.
    private final class Counter: Sendable {
        private let value = Mutex(0)
        var count: Int { value.withLock { $0 } }
        func add() { value.withLock { $0 += 1 } }
    }

    @Test func `a list that can't be had is asked for less and less often, and status says when`()
        throws
    {
        let counter = Counter()
        let door = try HTTPDoor { _ in
            counter.add()
            return HTTPDoor.Response(status: "404 Not Found", type: "text/plain", body: [65])
        }
        try lab.configure("crl: \"\(door.url)/staff.crl\"")
        let error = try #require(try lab.sync()?["error"]?.string)
        #expect(error.contains("404"), "\(error)")
        #expect(counter.count == 1)
        // Every minute for two hours, as cron may do it.
        for _ in 0..<3 { #expect(try lab.sync()?["error"]?.string == error) }
        #expect(counter.count == 1)
        let authority = try lab.json("authorities")[0]
        #expect(authority?["error"]?["message"]?.string == error)
        let due = try #require(authority?["due"]?.string)
        #expect(try lab.run("authorities").stdout.contains("; tried again from "))
        let needs = try lab.needs()
        #expect(needs.first?.hasSuffix("; tried again from \(due) on") == true)
        for _ in 0..<60 {
            try lab.pass(60)
            _ = try lab.sync()
        }
        // After 30 s, 90 s, 3.5, 7.5, 15.5, 31.5 min.
        #expect(counter.count == 7)
    }

    @Test func `a sync that reads everything asks again at once, for somebody may have mended it`()
        throws
    {
        let isMended = Mutex(false)
        let der = lab.ca.file("list", "der")
        try ChildProcess.run(
            "openssl", ["crl", "-in", lab.ca.publish(), "-outform", "DER", "-out", der]
        ).succeeded(at: "openssl crl")
        let list = try Data(contentsOf: URL(filePath: der))
        let counter = Counter()
        let door = try HTTPDoor { _ in
            counter.add()
            return isMended.withLock { $0 }
                ? HTTPDoor.Response(type: "application/pkix-crl", body: Array(list))
                : HTTPDoor.Response(status: "404 Not Found", type: "text/plain", body: [65])
        }
        try lab.configure("crl: \"\(door.url)/staff.crl\"")
        #expect(try lab.sync()?["error"]?.string?.contains("404") == true)
        isMended.withLock { $0 = true }
        #expect(try lab.sync()?["error"]?.string?.contains("404") == true)
        #expect(counter.count == 1)
        let full = try lab.json("sync", "--full")["authorities"]?[0]
        #expect(full?["error"] == .null, "\(full?.text ?? "")")
        #expect(counter.count == 2)
        #expect(try lab.needs() == [])
    }

    @Test(arguments: [("crl", "/staff.crl"), ("ocsp", "")])
    func `who is asked to end does not wait for a CA, and blames it for nothing`(
        see: String, path: String
    ) throws {
        let isAsked = Mutex(false)
        let door = try HTTPDoor { _ in
            isAsked.withLock { $0 = true }
            sleep(20)
            return nil
        }
        try lab.configure("\(see): \"\(door.url)\(path)\"")
        let child = try lab.start("sync")
        while !isAsked.withLock({ $0 }) {
            try #require(child.isRunning)
            usleep(10_000)
        }
        let begun = ContinuousClock.now
        child.signal(SIGTERM)
        _ = try child.wait()
        #expect(ContinuousClock.now - begun < .seconds(5))
        #expect(try lab.needs() == [])
        #expect(try lab.json("authorities")[0]?["error"] == .null)
    }

    @Test func `a CA of the same name with another certificate has lists of its own`() throws {
        let list = lab.ca.file("list", "pem")
        try lab.configure("crl: \(list)")
        for _ in 0..<3 { try lab.ca.publish() }
        #expect(try lab.sync()?["error"] == .null)
        #expect(try lab.json("authorities")[0]?["crl"]?["number"] == "04")
        // Of another key, and number 01.
        let renewed = try CertificateAuthority()
        let fresh = try Data(contentsOf: URL(filePath: renewed.publish()))
        try fresh.write(to: URL(filePath: list))
        try lab.configure("crl: \(list)", renewed.certificate)
        let check = try lab.run("check").stdout
        #expect(!check.contains("went back"), "\(check)")
        // A lock is the first to see the other CA.
        try lab.run("lock", "ada", "--reason", "misuse", "--yes").succeeded(at: "lock")
        #expect(try lab.sync()?["error"] == .null)
        #expect(try lab.json("authorities")[0]?["crl"]?["number"] == "01")
        #expect(try lab.json("certificates", "ben")[0]?["verified"] == false)
    }

    @Test func `a question that is never answered keeps nobody from asking the others`() throws {
        for name in Self.serials.keys { try lab.ca.revoke(name) }
        let stuck = Mutex<String?>(nil)
        let door = try HTTPDoor { [ca = lab.ca] request in
            let digits = String(hexadecimal: request.body)
            let asked = Self.serials.values.first { digits.contains($0) }
            let isStuck = stuck.withLock { first in
                first = first ?? asked
                return first == asked
            }
            if isStuck { sleep(12) }
            return (try? ca.ocspAnswer(to: request.body)).map {
                HTTPDoor.Response(type: "application/ocsp-response", body: $0)
            }
        }
        try lab.configure("ocsp: \"\(door.url)\"")
        #expect(try lab.sync()?["error"]?.string == "\(door.url): no answer in time")
        #expect(try lab.json("certificates", "--revoked") == [])
        // Nobody is asked before its time.
        #expect(try lab.sync()?["revoked"] == 0)
        try lab.pass(31)
        #expect(try lab.sync()?["revoked"] == 2)
        #expect(try lab.json("certificates", "--revoked").array?.count == 2)
    }

    @Test func `a list that has ended or speaks for other CAs changes nothing and needs a person`()
        throws
    {
        try lab.ca.revoke("ada")
        let list = lab.ca.file("list", "pem")
        try lab.configure("crl: \(list)")
        try lab.ca.publish(options: [
            "-crl_lastupdate", "20260101000000Z", "-crl_nextupdate", "20260102000000Z",
        ])
        let ended = "\(list): the list has expired"
        #expect(try lab.sync()?["error"]?.string == ended)
        try lab.ca.folder.append(
            "\n[indirect]\nissuingDistributionPoint=critical,@point\n[point]\nindirectCRL=TRUE\n",
            to: "ca.cnf")
        try lab.ca.publish(options: ["-crlexts", "indirect"])
        try lab.pass(31)
        let indirect =
            "\(list): it is an indirect list, which also speaks for other CAs: it is not taken"
        #expect(try lab.sync()?["error"]?.string == indirect)
        #expect(try lab.json("certificates", "--revoked") == [])
        let needs = try lab.needs()
        #expect(needs.count == 1)
        #expect(needs.first?.hasPrefix("staff-ca: \(indirect)") == true)
        #expect(
            try lab.json("check").array?.contains {
                $0["state"] == "failed" && $0["message"]?.string == "staff-ca: \(indirect)."
            } == true)
    }

    @Test(arguments: ["desk", "clerk"])
    func `openssl's responder is believed where its signer may answer for the CA`(signer: String)
        throws
    {
        try lab.ca.issue("desk", .responder)
        try lab.ca.issue("clerk", .signer)
        try lab.ca.revoke("ben", "keyCompromise")
        let server = try OCSPServer(of: lab.ca, signer: signer)
        try lab.configure("ocsp: \"\(server.url)\"")
        let report = try lab.sync()
        guard signer == "desk" else {
            let error = try #require(report?["error"]?.string)
            #expect(
                error.hasPrefix("\(server.url): its answer is not the authority's: "), "\(error)")
            #expect(try lab.json("certificates", "--revoked") == [])
            return
        }
        #expect(report?["error"] == .null)
        #expect(report?["revoked"] == 1)
        #expect(try lab.json("certificates", "ben")[0]?["authority"]?["by"] == "ocsp")
        #expect(
            try lab.json("check").array?.contains {
                $0["message"]?.string
                    == "staff-ca answers at \(server.url), and is believed"
            } == true)
    }

    @Test(arguments: [
        ("HTTP/1.0 200 OK\r\n", "X-More: and more\r\n"),
        ("HTTP/1.0 200 OK\r\nContent-Type: application/ocsp-response\r\n\r\n0\u{83}000", "more"),
        ("HTTP/1.0 200 OK\r\n", ""),
    ])
    func `an answer without an end ends at its time`(beginning: String, then: String) throws {
        let door = try HTTPDoor { _ in HTTPDoor.Response(beginning: beginning, then: then) }
        try lab.configure("ocsp: \"\(door.url)\"")
        let begun = ContinuousClock.now
        let error = try #require(try lab.sync()?["error"]?.string)
        #expect(error.hasPrefix(door.url), "\(error)")
        #expect(ContinuousClock.now - begun < .seconds(40))
        #expect(try lab.json("certificates", "--revoked") == [])
    }
}
