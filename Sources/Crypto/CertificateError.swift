/// Why octets are no certificate that can be kept.
package struct CertificateError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: Hashable, Sendable {
        case notACertificate
        /// The file holds none.
        case empty
        case privateKey
        /// A PEM block of another kind, such as a request or a revocation list.
        case otherBlock
        /// A PEM block that is cut off, indented, joined to another, or not base64.
        case malformedBlock
    }

    package let kind: Kind
    /// The line of the file that it is about, from 1; nil: the whole file.
    package let line: Int?
    /// A sentence for people, without a full stop.
    package let description: String

    init(_ kind: Kind, line: Int? = nil, _ description: String) {
        self.kind = kind
        self.line = line
        self.description = description
    }
}
