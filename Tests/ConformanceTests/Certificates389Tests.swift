import Fixtures
import Foundation
import Ground
import Identity
import Testing

/// 389 keeps `userCertificate` and `userCertificate;binary` beside one another, and shows both.
@Suite struct Certificates389Tests {
    private func der(_ name: String) throws -> String {
        let pem = try String(
            contentsOfFile: Certificates.shared.get().certificate(name), encoding: .utf8)
        return pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
    }

    @Test func `all values of both are the user's`() throws {
        let lab = try ConformanceLab(.directoryServer389)
        let ada = lab.directory.person("ada")
        try lab.change(
            ada, "add: userCertificate\nuserCertificate:: \(try der("good"))\n")
        try lab.change(
            ada,
            "add: userCertificate;binary\nuserCertificate;binary:: \(try der("client"))\n"
                + "userCertificate;binary:: \(try der("good"))\n")
        try lab.sync()
        let found = try lab.json("show", "ada")["certificates"]?.array ?? []
        #expect(
            Set(found.compactMap { $0["subject"]?.string })
                == ["CN=good,O=lockstep test", "CN=lockstep,O=lockstep test"])
        #expect(found.count == 2)
    }
}
