internal import LDAP

/// The file of `--from`: a user a line, as people and spreadsheets write one.
///
/// A byte order mark, blank lines and blanks around a name are no names, nor is a remark: `#` at the line's
/// start or after a blank, and what follows. A name that stands there twice, in any case, is one.
struct UserList {
    struct Line {
        let name: String
        /// From 1.
        let number: Int
    }

    let lines: [Line]

    /// nil where it is not UTF-8.
    init?(_ octets: [UInt8]) {
        let isMarked = octets.starts(with: [0xEF, 0xBB, 0xBF])
        let text = isMarked ? octets.dropFirst(3) : octets[...]
        guard let text = String(validating: text, as: UTF8.self) else { return nil }
        var seen: Set<String> = []
        lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
            .map { Line(name: Self.name(in: $1), number: $0 + 1) }
            .filter { !$0.name.isEmpty && seen.insert($0.name.directoryFolded).inserted }
    }

    private static func name(in line: Substring) -> String {
        var name = line
        var isAfterBlank = true
        for place in line.indices {
            if isAfterBlank, line[place] == "#" {
                name = line[..<place]
                break
            }
            isAfterBlank = line[place].isWhitespace
        }
        while name.first?.isWhitespace == true { name.removeFirst() }
        while name.last?.isWhitespace == true { name.removeLast() }
        return String(name)
    }
}
