/// Rows of cells in aligned columns.
///
/// With a width the flexible columns give way, the widest first, and their cells end in `…`; where that
/// is not enough each row becomes a block, a fact a line, with nothing left out. Without a width (a file,
/// a pipe) nothing is ever left out, either.
struct Table: Sendable {
    struct Column: Sendable {
        let header: String
        var alignment = Alignment.left
        /// Whether it may become narrower than its widest cell, and how narrow.
        var flexible = false
        var least = 8
        /// Whether it gives way before the others do.
        var isLast = false

        init(
            _ header: String, alignment: Alignment = .left, flexible: Bool = false, least: Int = 8,
            isLast: Bool = false
        ) {
            self.header = header
            self.alignment = alignment
            self.flexible = flexible
            self.least = least
            self.isLast = isLast
        }

        /// What people type is not cut.
        static let username = Column("username", flexible: true, least: 24)
        static let name = Column("name", flexible: true, least: 12)
        static let mail = Column("mail", flexible: true, least: 12)
        static let dn = Column("dn", flexible: true, least: 12, isLast: true)
    }

    private static let gap = 2

    private let columns: [Column]
    private var rows: [[Span]] = []
    private var widths: [Int]

    init(_ columns: [Column]) {
        self.columns = columns
        widths = columns.map { DisplayWidth.of($0.header) }
    }

    var isEmpty: Bool { rows.isEmpty }

    /// Whether all of it can be seen there, nothing cut.
    func fits(_ output: Output) -> Bool {
        guard let available = output.capabilities.width else { return true }
        return widths.reduce(0, +) + Self.gap * max(0, columns.count - 1) <= available
    }

    /// A row that is too short ends in empty cells; cells beyond the last column are dropped.
    mutating func append(_ cells: [Span]) {
        var row = Array(cells.prefix(columns.count))
        while row.count < columns.count { row.append(Span("")) }
        for (index, cell) in row.enumerated() {
            widths[index] = max(widths[index], DisplayWidth.of(cell.text.text))
        }
        rows.append(row)
    }

    /// Writes header and rows, a line each, without blanks at a line's end.
    func write(to output: Output) {
        guard let fitted = fittedWidths(output.capabilities.width) else {
            return writeBlocks(to: output)
        }
        let colors = output.capabilities.colors
        let header = columns.map { Span(Sanitized($0.header), .bold) }
        output.write(line(header, fitted, colors: colors))
        for row in rows { output.write(line(row, fitted, colors: colors)) }
    }

    /// The cells up to the first one that has a header and a text, then a line for each of the others.
    private func writeBlocks(to output: Output) {
        let nameWidth = columns.map { DisplayWidth.of($0.header) }.max() ?? 0
        for row in rows {
            let named = columns.indices.first {
                !columns[$0].header.isEmpty && !row[$0].text.text.isEmpty
            }
            let headEnd = (named ?? 0) + 1
            // A remark has no header that could stand before it.
            let remarks = row.indices.dropFirst(headEnd).filter { columns[$0].header.isEmpty }
            let head = ([headEnd - 1] + remarks).map { row[$0].text.text }.filter { !$0.isEmpty }
            let lead = row.prefix(headEnd - 1).map { Span(Sanitized($0.text.text + "  ")) }
            output.hanging(Array(lead), Sanitized(head.joined(separator: "  ")), .bold)
            for index in row.indices.dropFirst(headEnd) where !columns[index].header.isEmpty {
                guard !row[index].text.text.isEmpty else { continue }
                output.fact(
                    Sanitized(columns[index].header), row[index].text, nameWidth: nameWidth,
                    row[index].style)
            }
        }
    }

    private func line(_ cells: [Span], _ widths: [Int], colors: Bool) -> String {
        var result = ""
        var blanks = 0
        for (index, cell) in cells.enumerated() {
            let text = DisplayWidth.truncated(cell.text.text, to: widths[index])
            let missing = max(0, widths[index] - DisplayWidth.of(text))
            if columns[index].alignment == .right { blanks += missing }
            if !text.isEmpty {
                result += String(repeating: " ", count: blanks)
                result += cell.style.applied(to: text, colors: colors)
                blanks = 0
            }
            if columns[index].alignment == .left || text.isEmpty {
                blanks += columns[index].alignment == .right ? 0 : missing
            }
            blanks += Self.gap
        }
        return result + "\n"
    }

    /// nil where the columns can't become as narrow as that.
    private func fittedWidths(_ available: Int?) -> [Int]? {
        guard let available else { return widths }
        var fitted = widths
        var excess = fitted.reduce(0, +) + Self.gap * max(0, columns.count - 1) - available
        while excess > 0 {
            let giving = columns.indices.filter {
                columns[$0].flexible && fitted[$0] > columns[$0].least
            }
            let last = giving.filter { columns[$0].isLast }
            guard let widest = (last.isEmpty ? giving : last).max(by: { fitted[$0] < fitted[$1] })
            else { return nil }
            fitted[widest] -= 1
            excess -= 1
        }
        return fitted
    }
}

enum Alignment: Sendable {
    case left
    case right
}
