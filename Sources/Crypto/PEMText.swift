/// Where the blocks of a PEM file stand (RFC 7468).
///
/// OpenSSL passes over whatever does not look like a block, an indented one too, and a certificate that
/// is passed over is one that no lock revokes. So each line that names a certificate's beginning or end
/// must be one.
struct PEMText {
    struct Block {
        let label: String
        /// Of its first line, from 1.
        let line: Int
        /// From its first line to its last, without the blanks behind them.
        let octets: [UInt8]
    }

    private enum Boundary {
        case begin(String)
        case end(String)
    }

    /// The blocks in their order; text between them is passed over.
    static func blocks(_ text: [UInt8]) throws(CertificateError) -> [Block] {
        var blocks: [Block] = []
        var open: (label: String, line: Int, octets: [UInt8])?
        var number = 0
        for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            let trimmed = trimmed(number == 1 ? withoutMark(line) : line)
            switch try boundary(trimmed, number) {
            case .begin(let label):
                if let open { throw unfinished(open.line, until: number) }
                open = (label, number, Array(trimmed) + [0x0A])
            case .end(let label):
                guard let block = open, block.label == label else {
                    throw CertificateError(
                        .malformedBlock, line: open?.line ?? number,
                        open == nil
                            ? "a PEM block ends here that has no BEGIN line"
                            : "the PEM block that begins here ends as another one, in line \(number)"
                    )
                }
                blocks.append(
                    Block(label: label, line: block.line, octets: block.octets + trimmed + [0x0A]))
                open = nil
            case nil:
                open?.octets += Array(trimmed) + [0x0A]
            }
        }
        if let open { throw unfinished(open.line, until: nil) }
        return blocks
    }

    private static func unfinished(_ line: Int, until next: Int?) -> CertificateError {
        let behind = next.map { " before the next one begins, in line \($0)" } ?? ""
        return CertificateError(
            .malformedBlock, line: line, "the PEM block that begins here has no END line\(behind)")
    }

    /// nil for a line that is none and does not look like one.
    private static func boundary(
        _ line: ArraySlice<UInt8>, _ number: Int
    ) throws(CertificateError) -> Boundary? {
        // Base64, which is most of it, has no blank.
        guard line.contains(0x20) else { return nil }
        let text = String(decoding: line, as: UTF8.self)
        if let label = label(of: text, behind: "-----BEGIN ") { return .begin(label) }
        if let label = label(of: text, behind: "-----END ") { return .end(label) }
        guard looksLikeBoundary(text) else { return nil }
        throw CertificateError(
            .malformedBlock, line: number,
            "this line begins or ends a PEM block, but has something else in it")
    }

    private static func label(of line: String, behind prefix: String) -> String? {
        guard line.hasPrefix(prefix), line.hasSuffix("-----"),
            line.utf8.count > prefix.utf8.count + 5
        else { return nil }
        let label = line.dropFirst(prefix.count).dropLast(5)
        return label.contains("-") ? nil : String(label)
    }

    private static func looksLikeBoundary(_ line: String) -> Bool {
        if names.contains(where: { line.contains($0) }) { return true }
        let lowered = line.lowercased()
        return line.contains("--") && lowered.contains("certificate")
            && lowered.split { !$0.isLetter }.contains { $0 == "begin" || $0 == "end" }
    }

    private static let names = ["BEGIN", "END"].flatMap { boundary in
        ["", "X509 ", "TRUSTED "].map { "\(boundary) \($0)CERTIFICATE" }
    }

    /// Without the blanks and the carriage return behind it.
    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        while let last = line.last, last <= 0x20 { line.removeLast() }
        return line
    }

    /// Without the mark that some editors put before UTF-8.
    private static func withoutMark(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
    }
}
