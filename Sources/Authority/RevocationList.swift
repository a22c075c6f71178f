internal import CCrypto
internal import Crypto
internal import Glibc
internal import Ground

/// A CA's list of revoked certificates (RFC 5280, 5), verified.
@safe
package struct RevocationList: ~Copyable {
    /// Where a list is fetched.
    package enum Source: Hashable, Sendable {
        case web(AuthorityAddress)
        case file(String)

        package var text: String {
            switch self {
            case .web(let address): address.text
            case .file(let path): path
            }
        }
    }

    /// Upper-case hexadecimal; nil where the list has none.
    package let number: String?
    /// Seconds since 1970, as the two below.
    package let thisUpdate: Int64
    package let nextUpdate: Int64?
    private let handle: OpaquePointer

    /// A list of a million entries is 40 MB.
    private static let limit = 256 << 20

    /// Fetches a list, and believes it only when the issuer signed it and it is of this time.
    ///
    /// `isStopped`: asked while it is waited for.
    package static func fetch(
        _ source: Source, issuer: IssuingCertificate, trust: String?, now: Int64,
        within limit: Duration, isStopped: (() -> Bool)? = nil
    ) throws(ExchangeFailure) -> RevocationList {
        let list: RevocationList
        switch source {
        case .web(let address):
            let exchange = HTTPExchange(
                address: address, trust: trust, now: now, deadline: .now + limit,
                isStopped: isStopped)
            list = unsafe try exchange.run(posting: nil, expecting: nil, limit: Self.limit) {
                octets throws(ExchangeFailure) in
                unsafe try RevocationList(octets, from: source.text)
            }
        case .file(let path): list = try RevocationList(file: path)
        }
        try list.verify(issuer, from: source.text, now: now)
        return list
    }

    /// How a certificate (DER) of this issuer stands by the list; one that it does not name is good, or
    /// unknown to the CA.
    package func standing(of certificate: [UInt8]) -> CertificateStanding {
        guard let leaf = LeafCertificate(der: certificate) else { return .unknown }
        var entry: OpaquePointer?
        let found = unsafe X509_CRL_get0_by_serial(
            handle, &entry, X509_get_serialNumber(leaf.handle))
        // "2 if the revoked entry is found but has the reason code removeFromCRL (8)".
        guard found == 1, let entry = unsafe entry else { return .good }
        var isCritical: Int32 = 0
        let reason = unsafe X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, &isCritical, nil)
        defer { unsafe ASN1_ENUMERATED_free(reason?.assumingMemoryBound(to: ASN1_STRING.self)) }
        let code = unsafe reason.map {
            unsafe ASN1_ENUMERATED_get($0.assumingMemoryBound(to: ASN1_STRING.self))
        }
        return .revoked(
            reason: Int32(clamping: max(0, code ?? 0)),
            at: unsafe ASN1Time.seconds(X509_REVOKED_get0_revocationDate(entry)) ?? thisUpdate)
    }

    private init(file path: String) throws(ExchangeFailure) {
        guard let descriptor = FileSource(path) else {
            throw .unreachable("\(path): it can't be read as a file")
        }
        let octets = try descriptor.contents(limit: Self.limit)
        let parsed: OpaquePointer? = unsafe octets.withUnsafeBytes { unsafe Self.parse($0) }
        try unsafe self.init(parsed, from: path)
    }

    init(_ octets: UnsafeRawBufferPointer, from source: String) throws(ExchangeFailure) {
        try unsafe self.init(Self.parse(octets), from: source)
    }

    private init(_ parsed: OpaquePointer?, from source: String) throws(ExchangeFailure) {
        guard let handle = unsafe parsed else {
            throw .unusable("\(source): it is no list of revoked certificates (CRL)")
        }
        guard let thisUpdate = unsafe ASN1Time.seconds(X509_CRL_get0_lastUpdate(handle)) else {
            unsafe X509_CRL_free(handle)
            throw .unusable("\(source): the time of the list can't be read")
        }
        number = unsafe Self.number(of: handle)
        self.thisUpdate = thisUpdate
        nextUpdate = unsafe ASN1Time.seconds(X509_CRL_get0_nextUpdate(handle))
        unsafe self.handle = handle
    }

    deinit {
        unsafe X509_CRL_free(handle)
    }

    /// DER, else PEM.
    private static func parse(_ octets: UnsafeRawBufferPointer) -> OpaquePointer? {
        defer { OpenSSLWords.forget() }
        guard unsafe octets.first == 0x2d else {
            var position = unsafe octets.baseAddress?.assumingMemoryBound(to: UInt8.self)
            return unsafe d2i_X509_CRL(nil, &position, octets.count)
        }
        let bio = unsafe BIO_new_mem_buf(octets.baseAddress, Int32(clamping: octets.count))
        defer { unsafe BIO_free(bio) }
        return unsafe PEM_read_bio_X509_CRL(bio, nil, nil, nil)
    }

    private static func number(of list: OpaquePointer) -> String? {
        let value = unsafe X509_CRL_get_ext_d2i(list, NID_crl_number, nil, nil)
        guard let number = unsafe value?.assumingMemoryBound(to: ASN1_STRING.self) else {
            OpenSSLWords.forget()
            return nil
        }
        defer { unsafe ASN1_INTEGER_free(number) }
        let count = unsafe Int(ASN1_STRING_length(number))
        let octets = unsafe UnsafeBufferPointer(start: ASN1_STRING_get0_data(number), count: count)
        return unsafe String(hexadecimal: octets, uppercase: true)
    }

    func verify(
        _ issuer: IssuingCertificate, from source: String, now: Int64
    ) throws(ExchangeFailure) {
        guard issuer.maySignLists else {
            throw .unusable("\(source): the authority's certificate may not sign lists (cRLSign)")
        }
        guard unsafe issuer.verifies(handle) else {
            throw .unusable("\(source): the list is not signed by the authority")
        }
        if let words = kindRefused { throw .unusable("\(source): \(words)") }
        guard thisUpdate - 300 <= now else {
            throw .unusable("\(source): the list is of a time to come")
        }
        if let nextUpdate, nextUpdate < now {
            throw .unusable("\(source): the list has expired")
        }
    }

    /// Lists that say less than how every certificate of the CA stands.
    var kindRefused: String? {
        defer { OpenSSLWords.forget() }
        for index in unsafe 0..<X509_CRL_get_ext_count(handle) {
            let found = unsafe X509_CRL_get_ext(handle, index)
            switch unsafe OBJ_obj2nid(X509_EXTENSION_get_object(found)) {
            case NID_delta_crl: return "it is a delta list: give the address of the complete one"
            case NID_issuing_distribution_point:
                if let words = distributionRefused { return words }
            case NID_crl_number, NID_authority_key_identifier: continue
            default:
                if unsafe X509_EXTENSION_get_critical(found) == 1 {
                    return "it has a critical extension that is not known here"
                }
            }
        }
        return nil
    }

    /// RFC 5280, 5.2.5.
    private var distributionRefused: String? {
        let value = unsafe X509_CRL_get_ext_d2i(handle, NID_issuing_distribution_point, nil, nil)
        guard let point = unsafe value?.assumingMemoryBound(to: ISSUING_DIST_POINT.self) else {
            return "its scope can't be read (issuingDistributionPoint)"
        }
        defer { unsafe ISSUING_DIST_POINT_free(point) }
        if unsafe point.pointee.indirectCRL > 0 {
            return "it is an indirect list, which also speaks for other CAs: it is not taken"
        }
        if unsafe point.pointee.onlyattr > 0 || point.pointee.onlyCA > 0 {
            return "it is not about the certificates of people"
        }
        if unsafe point.pointee.onlysomereasons != nil {
            return "it is about some reasons alone: give the address of the complete one"
        }
        return nil
    }
}

/// A regular file, open for reading.
private struct FileSource: ~Copyable {
    private let file: FileDescriptor

    /// nil where it is not there, or no regular file: a pipe would hold everything up.
    init?(_ path: String) {
        let file = FileDescriptor(unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK))
        guard let status = file.status, status.isRegularFile else { return nil }
        self.file = file
    }

    func contents(limit: Int) throws(ExchangeFailure) -> [UInt8] {
        let size = Int(lseek(file.number, 0, SEEK_END))
        guard (0...limit).contains(size) else {
            throw .unusable("it has more than \(limit >> 20) MiB")
        }
        return file.read(size, at: 0) ?? []
    }
}
