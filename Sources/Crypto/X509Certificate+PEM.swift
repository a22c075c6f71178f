internal import CCrypto

extension X509Certificate {
    /// Reads the certificates of a PEM file, in their order; text between the blocks is passed over.
    ///
    /// Never empty. A file with anything else in it is refused, above all one with a private key.
    package static func certificates(
        pem text: [UInt8]
    ) throws(CertificateError) -> [X509Certificate] {
        guard let count = Int32(exactly: text.count) else {
            throw CertificateError(.notACertificate, "it is larger than 2 GiB")
        }
        var found: [X509Certificate] = []
        var failure: CertificateError?
        unsafe text.withUnsafeBytes { bytes in
            let bio = unsafe BIO_new_mem_buf(bytes.baseAddress, count)
            defer { unsafe BIO_free(bio) }
            do throws(CertificateError) {
                while let block = try unsafe block(bio, number: found.count + 1) {
                    found.append(try certificate(block, number: found.count + 1))
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        guard !found.isEmpty else {
            let isDER = text.first == 0x30
            throw CertificateError(
                .empty, "it holds no certificate in PEM" + (isDER ? ", but looks like DER" : ""))
        }
        return found
    }

    private struct Block {
        let label: String
        let content: [UInt8]
    }

    /// nil at the end.
    private static func block(
        _ bio: OpaquePointer?, number: Int
    ) throws(CertificateError) -> Block? {
        var label: UnsafeMutablePointer<CChar>?
        var header: UnsafeMutablePointer<CChar>?
        var content: UnsafeMutablePointer<UInt8>?
        var count = 0
        guard unsafe PEM_read_bio(bio, &label, &header, &content, &count) == 1 else {
            let reason = ERR_peek_last_error() & 0x7f_ffff
            ERR_clear_error()
            if reason == UInt(PEM_R_NO_START_LINE) { return nil }
            throw CertificateError(
                .malformedBlock, "its PEM block number \(number) is cut off or not base64")
        }
        defer {
            unsafe lockstep_clear_free(label, 0)
            unsafe lockstep_clear_free(header, 0)
            unsafe lockstep_clear_free(content, count)
        }
        return unsafe Block(
            label: label.map { unsafe String(cString: $0) } ?? "",
            content: Array(UnsafeBufferPointer(start: content, count: count)))
    }

    private static func certificate(
        _ block: Block, number: Int
    ) throws(CertificateError) -> X509Certificate {
        if block.label.hasSuffix("PRIVATE KEY") {
            throw CertificateError(
                .privateKey, "it holds a private key: give the certificates alone")
        }
        guard block.label == "CERTIFICATE" || block.label == "X509 CERTIFICATE" else {
            throw CertificateError(
                .otherBlock, "it holds a \(block.label), and only certificates are taken")
        }
        do throws(CertificateError) {
            return try X509Certificate(der: block.content)
        } catch {
            throw CertificateError(
                error.kind, "its PEM block number \(number): \(error.description)")
        }
    }
}
