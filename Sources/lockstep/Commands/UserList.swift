/// The file of `--from`: a user a line, as people and spreadsheets write one.
///
/// A byte order mark, blank lines, blanks around a name and lines that begin with `#` are no names.
struct UserList {
    let names: [String]

    /// nil where it is not UTF-8.
    init?(_ octets: [UInt8]) {
        let isMarked = octets.starts(with: [0xEF, 0xBB, 0xBF])
        let text = isMarked ? octets.dropFirst(3) : octets[...]
        guard let text = String(validating: text, as: UTF8.self) else { return nil }
        names = text.split(whereSeparator: \.isNewline).map(Self.trimmed)
            .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    }

    private static func trimmed(_ line: Substring) -> String {
        var line = line
        while line.first?.isWhitespace == true { line.removeFirst() }
        while line.last?.isWhitespace == true { line.removeLast() }
        return String(line)
    }
}
