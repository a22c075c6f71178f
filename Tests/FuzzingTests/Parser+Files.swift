import Configuration
import Ground
import Identity
import LDAP

@testable import Authority
@testable import Crypto
@testable import Engine

extension Parser {
    private static var authority: IssuingCertificate? {
        try? IssuingCertificate(pem: PackageResources.authority_pem)
    }
    private static let person = PackageResources.person_der
    /// When the answers of the corpus are valid.
    private static let now: Int64 = 1_795_000_000

    static func yaml(_ octets: [UInt8]) -> String? {
        do throws(ConfigurationErrors) {
            _ = try Settings.load(bytes: octets, file: "lockstep.yaml", passwordFile: nil)
            return nil
        } catch {
            return error.description.isEmpty ? "an error says nothing" : nil
        }
    }

    static func csv(_ octets: [UInt8]) -> String? {
        do throws(CSV.Fault) {
            let rows = try CSV.parse(octets)
            return rows.contains { $0.fields.isEmpty } ? "a row has no field" : nil
        } catch {
            return error.line < 1 ? "an error is on line \(error.line)" : nil
        }
    }

    static func pem(_ octets: [UInt8]) -> String? {
        do throws(CertificateError) {
            let found = try X509Certificate.certificates(pem: octets)
            return found.isEmpty ? "it holds nothing, and is no error" : nil
        } catch {
            _ = try? IssuingCertificate(pem: octets)
            return error.description.isEmpty ? "an error says nothing" : nil
        }
    }

    static func template(_ octets: [UInt8]) -> String? {
        guard let template = try? Template(parsing: text(octets)) else { return nil }
        return template.names.contains("") ? "a part has no name" : nil
    }

    static func certificate(_ octets: [UInt8]) -> String? {
        _ = authority?.verdict(on: octets)
        guard let certificate = try? X509Certificate(der: octets) else { return nil }
        return certificate.serial.isEmpty ? "it has no serial" : nil
    }

    static func crl(_ octets: [UInt8]) -> String? {
        unsafe octets.withUnsafeBytes { bytes in
            guard let list = unsafe try? RevocationList(bytes, from: "a file"), let authority
            else { return }
            _ = list.kindRefused
            _ = list.standing(of: person)
            _ = try? list.verify(authority, from: "a file", now: now)
        }
        return nil
    }

    static func ocsp(_ octets: [UInt8]) -> String? {
        guard let authority, let leaf = LeafCertificate(der: person),
            let question = OCSPQuestion(leaf, authority),
            let address = AuthorityAddress("http://127.0.0.1/ocsp")
        else { return "there is nothing to ask about" }
        let responder = OCSPResponder(address: address, issuer: authority, trust: nil, now: now)
        unsafe octets.withUnsafeBytes { bytes in
            guard let answer = unsafe OCSPAnswer(bytes) else { return }
            _ = answer.single(question)
            _ = try? responder.standing(in: answer, to: question)
        }
        return nil
    }

    static func json(_ octets: [UInt8]) -> String? {
        guard let value = JSONValue(parsing: octets) else { return nil }
        return JSONValue(parsing: value.bytes) == value ? nil : "it is written otherwise"
    }

    /// A step as the journal keeps it, of every kind.
    static func journal(_ octets: [UInt8]) -> String? {
        guard let journal = JSONValue(parsing: octets) else { return nil }
        let entry = EntryID("5d6d1f7e-0f0b-4a52-9f38-2f3a4c1b7d10")
        for kind in StepCatalogue.standard.kinds {
            guard let form = StepCatalogue.standard.form(of: kind),
                let step = try? form.init(journal: journal, entry: entry)
            else { continue }
            guard let again = try? form.init(journal: step.journal, entry: entry),
                again.isEqual(to: step)
            else { return "\(kind.rawValue) reads otherwise what it wrote" }
        }
        return nil
    }
}
