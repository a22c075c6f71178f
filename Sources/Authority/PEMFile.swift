internal import CCrypto

/// Why a file that `authorities` names is of no use: a sentence without a full stop, which says
/// nothing of what a secret file holds.
package struct AuthorityFileError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// The octets of a PEM file, read by OpenSSL from memory.
@safe
struct PEMFile: ~Copyable {
    private let memory: OpaquePointer?

    init(_ octets: [UInt8]) {
        let memory = unsafe BIO_new(BIO_s_mem())
        unsafe _ = octets.withUnsafeBytes {
            unsafe BIO_write(memory, $0.baseAddress, Int32(clamping: $0.count))
        }
        unsafe self.memory = memory
    }

    deinit {
        unsafe BIO_free(memory)
    }

    /// The next certificate, the caller's to free; nil where there is none.
    func certificate() -> OpaquePointer? {
        let certificate = unsafe PEM_read_bio_X509(memory, nil, nil, nil)
        OpenSSLWords.forget()
        return unsafe certificate
    }

    /// The private key, the caller's to free; nil where there is none that can be read without a
    /// password: nobody is there to type one.
    func privateKey() -> OpaquePointer? {
        let key = unsafe PEM_read_bio_PrivateKey(memory, nil, { _, _, _, _ in -1 }, nil)
        OpenSSLWords.forget()
        return unsafe key
    }
}
