internal import CCrypto

extension X509Certificate {
    /// Reads the certificates of a PEM file, in their order; text between the blocks is passed over.
    ///
    /// Never empty. A file with anything else in it is refused, above all one with a private key.
    package static func certificates(
        pem text: [UInt8]
    ) throws(CertificateError) -> [X509Certificate] {
        var found: [X509Certificate] = []
        for block in try PEMText.blocks(text) { found.append(try certificate(block)) }
        guard !found.isEmpty else {
            let isDER = text.first == 0x30
            throw CertificateError(
                .empty, "it holds no certificate in PEM" + (isDER ? ", but looks like DER" : ""))
        }
        return found
    }

    private static func certificate(
        _ block: PEMText.Block
    ) throws(CertificateError) -> X509Certificate {
        if block.label.hasSuffix("PRIVATE KEY") {
            throw CertificateError(
                .privateKey, "it holds a private key: give the certificates alone")
        }
        guard block.label == "CERTIFICATE" || block.label == "X509 CERTIFICATE" else {
            throw CertificateError(
                .otherBlock, "it holds a \(block.label), and only certificates are taken")
        }
        guard let content = decoded(block) else {
            throw CertificateError(
                .malformedBlock, line: block.line, "the PEM block that begins here is not base64")
        }
        do throws(CertificateError) {
            return try X509Certificate(der: content)
        } catch {
            throw CertificateError(
                error.kind, line: block.line,
                "of the PEM block that begins here: \(error.description)")
        }
    }

    /// The octets that a block stands for; nil where OpenSSL does not take it.
    private static func decoded(_ block: PEMText.Block) -> [UInt8]? {
        guard let count = Int32(exactly: block.octets.count) else { return nil }
        return unsafe block.octets.withUnsafeBytes { bytes -> [UInt8]? in
            let bio = unsafe BIO_new_mem_buf(bytes.baseAddress, count)
            defer { unsafe BIO_free(bio) }
            var label: UnsafeMutablePointer<CChar>?
            var header: UnsafeMutablePointer<CChar>?
            var content: UnsafeMutablePointer<UInt8>?
            var length = 0
            guard unsafe PEM_read_bio(bio, &label, &header, &content, &length) == 1 else {
                ERR_clear_error()
                return nil
            }
            defer {
                unsafe lockstep_clear_free(label, 0)
                unsafe lockstep_clear_free(header, 0)
                unsafe lockstep_clear_free(content, length)
            }
            return unsafe Array(UnsafeBufferPointer(start: content, count: length))
        }
    }
}
