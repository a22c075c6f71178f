internal import CCrypto
internal import Glibc

/// The hosts that a server's certificate is for.
enum CertificateNames {
    /// Its DNS names and addresses (RFC 5280, 4.2.1.6); where it has none, its common names.
    static func names(of certificate: OpaquePointer) -> [String] {
        let alternatives = unsafe alternatives(of: certificate)
        return alternatives.isEmpty ? unsafe commonNames(of: certificate) : alternatives
    }

    private static func alternatives(of certificate: OpaquePointer) -> [String] {
        guard
            let extensionValue = unsafe X509_get_ext_d2i(
                certificate, NID_subject_alt_name, nil, nil)
        else {
            ERR_clear_error()
            return []
        }
        let names = OpaquePointer(extensionValue)
        defer { unsafe GENERAL_NAMES_free(names) }
        return unsafe (0..<OPENSSL_sk_num(names)).compactMap { index in
            guard let name = unsafe OPENSSL_sk_value(names, index) else { return nil }
            return unsafe text(of: name.assumingMemoryBound(to: GENERAL_NAME.self))
        }
    }

    private static func text(of name: UnsafePointer<GENERAL_NAME>) -> String? {
        var kind: Int32 = 0
        guard let value = unsafe GENERAL_NAME_get0_value(name, &kind) else { return nil }
        let octets = unsafe octets(of: value.assumingMemoryBound(to: ASN1_STRING.self))
        switch kind {
        case GEN_DNS: return String(decoding: octets, as: UTF8.self)
        case GEN_IPADD: return address(octets)
        default: return nil
        }
    }

    private static func commonNames(of certificate: OpaquePointer) -> [String] {
        let subject = unsafe X509_get_subject_name(certificate)
        var names: [String] = []
        var index = unsafe X509_NAME_get_index_by_NID(subject, NID_commonName, -1)
        while index >= 0 {
            let entry = unsafe X509_NAME_get_entry(subject, index)
            if let value = unsafe X509_NAME_ENTRY_get_data(entry) {
                names.append(String(decoding: unsafe octets(of: value), as: UTF8.self))
            }
            index = unsafe X509_NAME_get_index_by_NID(subject, NID_commonName, index)
        }
        return names
    }

    private static func octets(of value: UnsafePointer<ASN1_STRING>) -> [UInt8] {
        let count = unsafe Int(ASN1_STRING_length(value))
        return unsafe Array(UnsafeBufferPointer(start: ASN1_STRING_get0_data(value), count: count))
    }

    /// The text of four or sixteen octets; nil for another number.
    private static func address(_ octets: [UInt8]) -> String? {
        guard octets.count == 4 || octets.count == 16 else { return nil }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = octets.count == 4 ? AF_INET : AF_INET6
        guard unsafe inet_ntop(family, octets, &text, socklen_t(text.count)) != nil else {
            return nil
        }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
