import Fixtures
import Ground
import Testing

/// What the CA says of somebody's certificates at this moment.
@Suite struct SignInCertificateTests {
    private func lab(_ see: (CertificateAuthority) throws -> String?) throws -> TellLab {
        let lab = try TellLab()
        lab.see = try see(lab.ca)
        try lab.configure()
        try lab.lab.reconfigure(
            "add: olcAccess\nolcAccess: {0}to * by dn.exact=\"\(Slapd.serviceDN)\" read by * none",
            of: "olcDatabase={0}config,cn=config")
        try lab.sync()
        return lab
    }

    @Test func `a certificate that the CA has not revoked is a way in`() throws {
        let folder = try TemporaryFolder("list")
        let lab = try lab { _ in "crl: \"\(folder.file("list.crl"))\"" }
        let serial = try lab.issue("ada")
        try ChildProcess.run("cp", [lab.ca.publish(), folder.file("list.crl")])
            .succeeded(at: "cp")
        try lab.lock("ada")
        let before = try stored(lab)
        let good = try lab.json("test", "ada")
        #expect(good["signIn"] == "yes", "\(good.text)")
        #expect(good["account"]?["signIn"] == "no")
        #expect(good["certificates"]?[0]?["sight"] == "good")
        #expect(good["certificates"]?[0]?["by"] == "crl")
        #expect(good["certificates"]?[0]?["state"] == "revoked")
        let text = try lab.run("test", "ada").stdout
        #expect(
            text.contains("(ada) may still sign in where a certificate is enough\n"), "\(text)")
        try lab.ca.revoke("ada")
        try ChildProcess.run("cp", [lab.ca.publish("next"), folder.file("list.crl")])
            .succeeded(at: "cp")
        let revoked = try lab.json("test", "ada")
        #expect(revoked["signIn"] == "no", "\(revoked.text)")
        #expect(revoked["certificates"]?[0]?["serial"]?.string == serial)
        #expect(revoked["certificates"]?[0]?["reason"] == "affiliationChanged")
        #expect(try stored(lab) == before)
    }

    @Test func `the responder is asked now, and where it is down nobody has proven anything`()
        throws
    {
        let lab = try TellLab()
        let door = try lab.ca.responder()
        lab.see = "ocsp: \"\(door.url)/\""
        try lab.configure()
        try lab.lab.reconfigure(
            "add: olcAccess\nolcAccess: {0}to * by dn.exact=\"\(Slapd.serviceDN)\" read by * none",
            of: "olcDatabase={0}config,cn=config")
        try lab.sync()
        try lab.issue("ada")
        try lab.lock("ada")
        #expect(try lab.json("test", "ada")["certificates"]?[0]?["sight"] == "good")
        try lab.ca.revoke("ada")
        // OpenSSL's own responder reads the CA's index anew after it has answered once more.
        _ = try lab.json("test", "ada")
        let revoked = try lab.json("test", "ada")
        #expect(revoked["signIn"] == "no", "\(revoked.text)")
        #expect(revoked["certificates"]?[0]?["by"] == "ocsp")
        lab.see = "ocsp: \"http://127.0.0.1:9/\""
        try lab.configure()
        let unasked = try lab.json("test", "ada")
        #expect(unasked["signIn"] == "unproven", "\(unasked.text)")
        #expect(unasked["certificates"]?[0]?["sight"] == "unasked")
        withExtendedLifetime(door) {}
    }

    @Test func `a certificate that the CA's key does not verify is judged by nobody`() throws {
        let folder = try TemporaryFolder("list")
        let lab = try lab { _ in "crl: \"\(folder.file("list.crl"))\"" }
        try ChildProcess.run("cp", [lab.ca.publish(), folder.file("list.crl")])
            .succeeded(at: "cp")
        // As a CA that has a new key issues them: the name is the same.
        let rekeyed = try CertificateAuthority()
        try rekeyed.issue("ada")
        try lab.carry(rekeyed.file("ada", "pem"), on: "card-ada", of: "ada")
        try lab.lab.lock("ada")
        let found = try lab.json("test", "ada")
        #expect(found["account"]?["signIn"] == "no")
        #expect(found["signIn"] == "unproven", "\(found.text)")
        let certificate = try #require(found["certificates"]?[0])
        #expect(certificate["sight"] == "unverified")
        #expect(certificate["authority"] == "lighthouse")
        #expect(
            certificate["because"]?.string?.hasSuffix(
                "the certificate is forged, or the CA has another key by now") == true)
        let text = try lab.run("test", "ada").stdout
        #expect(text.contains("  not verified, lighthouse\n"), "\(text)")
    }

    @Test func `a certificate that the entry alone has is looked at, too`() throws {
        let folder = try TemporaryFolder("list")
        let lab = try lab { _ in "crl: \"\(folder.file("list.crl"))\"" }
        try lab.ca.issue("ada")
        try ChildProcess.run("cp", [lab.ca.publish(), folder.file("list.crl")])
            .succeeded(at: "cp")
        try lab.lab.lock("ada")
        #expect(try lab.json("test", "ada")["signIn"] == "no")
        try lab.enter("ada", into: "ada")
        let before = try stored(lab)
        let good = try lab.json("test", "ada")
        #expect(good["signIn"] == "yes", "\(good.text)")
        #expect(good["certificates"]?[0]?["sight"] == "good")
        #expect(good["certificates"]?[0]?["state"]?.isNull == true)
        let text = try lab.run("test", "ada").stdout
        #expect(text.contains("in the entry alone, and not in the store\n"), "\(text)")
        try lab.ca.revoke("ada")
        try ChildProcess.run("cp", [lab.ca.publish("next"), folder.file("list.crl")])
            .succeeded(at: "cp")
        #expect(try lab.json("test", "ada")["signIn"] == "no")
        let stranger = try CertificateAuthority("Elsewhere CA")
        try stranger.issue("ada")
        try lab.enter("ada", of: stranger, into: "ada")
        let unasked = try lab.json("test", "ada")
        #expect(unasked["signIn"] == "unproven", "\(unasked.text)")
        #expect(try stored(lab) == before)
    }

    @Test func `certificates that the bind DN may not see are never called none`() throws {
        let lab = try lab { _ in nil }
        try lab.lab.lock("ada")
        #expect(try lab.json("test", "ada")["signIn"] == "no")
        try lab.lab.reconfigure(
            "add: olcAccess\nolcAccess: {0}to attrs=userCertificate by "
                + "dn.exact=\"\(Slapd.serviceDN)\" none by * read")
        let found = try lab.json("test", "ada")
        #expect(found["signIn"] == "unproven", "\(found.text)")
        #expect(
            found["because"]?[0] == "whether the entry has certificates is hidden from the bind DN")
        let text = try lab.run("test", "ada").stdout
        #expect(
            text.hasSuffix(
                "Certificates\n  whether the entry has certificates is hidden from the bind DN\n"),
            "\(text)")
    }
}
