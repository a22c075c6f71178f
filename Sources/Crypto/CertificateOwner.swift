package import CCrypto
internal import Glibc
internal import Ground

/// The only owner of an OpenSSL certificate.
@safe
struct CertificateOwner: ~Copyable {
    let handle: OpaquePointer

    /// Takes over what OpenSSL has handed out.
    init(_ handle: OpaquePointer) {
        unsafe self.handle = handle
    }

    deinit {
        unsafe X509_free(handle)
    }

    /// nil unless `der` is one certificate and nothing else.
    static func parse(_ der: [UInt8]) -> CertificateOwner? {
        let count = der.count
        guard count > 0 else { return nil }
        var consumed = 0
        let handle: OpaquePointer? = unsafe der.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            let parsed = unsafe d2i_X509(nil, &position, count)
            if let position = unsafe position, let start = buffer.baseAddress {
                consumed = unsafe position - start
            }
            return unsafe parsed
        }
        guard let handle = unsafe handle else {
            ERR_clear_error()
            return nil
        }
        let owner = unsafe CertificateOwner(handle)
        guard consumed == count else { return nil }
        return owner
    }

    /// Upper-case hexadecimal, an even number of digits; a negative number has a minus before it.
    var serial: String {
        // "X509_get0_serialNumber() … returns an internal pointer which must not be freed."
        let number = unsafe X509_get0_serialNumber(handle)
        let count = unsafe Int(ASN1_STRING_length(number))
        guard count > 0, let data = unsafe ASN1_STRING_get0_data(number) else { return "00" }
        let octets = unsafe Array(UnsafeBufferPointer(start: data, count: count))
        let isNegative = unsafe ASN1_STRING_type(number) == V_ASN1_NEG_INTEGER
        return (isNegative ? "-" : "") + String(hexadecimal: octets, uppercase: true)
    }

    /// Whether its basic constraints make it a CA's (RFC 5280, 4.2.1.9).
    ///
    /// Every extension of that kind is looked at: `X509_get_ext_d2i` gives none where there are two.
    var isAuthority: Bool {
        var index = unsafe X509_get_ext_by_NID(handle, NID_basic_constraints, -1)
        while index >= 0 {
            let found = unsafe X509_get_ext(handle, index)
            if let decoded = unsafe X509V3_EXT_d2i(found) {
                let constraints = unsafe decoded.assumingMemoryBound(to: BASIC_CONSTRAINTS.self)
                defer { unsafe BASIC_CONSTRAINTS_free(constraints) }
                if unsafe constraints.pointee.ca != 0 { return true }
            }
            index = unsafe X509_get_ext_by_NID(handle, NID_basic_constraints, index)
        }
        ERR_clear_error()
        return false
    }

    /// RFC 4514; nil where a name can't be written so.
    var issuer: String? { unsafe CertificateOwner.text(of: X509_get_issuer_name(handle)) }

    var subject: String? { unsafe CertificateOwner.text(of: X509_get_subject_name(handle)) }

    /// Seconds since 1970; nil where it is no time.
    var notBefore: Int64? { unsafe ASN1Time.seconds(X509_get0_notBefore(handle)) }

    var notAfter: Int64? { unsafe ASN1Time.seconds(X509_get0_notAfter(handle)) }

    private static func text(of name: OpaquePointer?) -> String? {
        guard let name = unsafe name, let bio = unsafe BIO_new(BIO_s_mem()) else { return nil }
        defer { unsafe BIO_free(bio) }
        guard unsafe lockstep_print_name(bio, name) >= 0 else {
            ERR_clear_error()
            return nil
        }
        var start: UnsafeMutablePointer<CChar>?
        let count = unsafe lockstep_memory_of(bio, &start)
        guard count > 0, let start = unsafe start else { return "" }
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
        return unsafe String(decoding: bytes, as: UTF8.self)
    }
}

/// A time in what OpenSSL has read.
package enum ASN1Time {
    /// Seconds since 1970; nil without a time, and where it is none.
    package static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64? {
        var parts = unsafe tm()
        // Without a time it would give the present one.
        guard let time = unsafe time, unsafe ASN1_TIME_to_tm(time, &parts) == 1 else {
            ERR_clear_error()
            return nil
        }
        return unsafe Int64(timegm(&parts))
    }
}
