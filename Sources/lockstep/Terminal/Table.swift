/// Rows of cells in aligned columns.
///
/// With a width the flexible columns give way, the widest first, and their cells end in `…`; without
/// one (a file, a pipe) nothing is ever left out.
struct Table: Sendable {
    struct Column: Sendable {
        let header: String
        var alignment = Alignment.left
        /// Whether it may become narrower than its widest cell.
        var flexible = false

        init(_ header: String, alignment: Alignment = .left, flexible: Bool = false) {
            self.header = header
            self.alignment = alignment
            self.flexible = flexible
        }
    }

    private static let gap = 2
    private static let narrowest = 8

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
        let fitted = fittedWidths(output.capabilities.width)
        let colors = output.capabilities.colors
        let header = columns.map { Span(Sanitized($0.header), .bold) }
        output.write(line(header, fitted, colors: colors))
        for row in rows { output.write(line(row, fitted, colors: colors)) }
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

    private func fittedWidths(_ available: Int?) -> [Int] {
        guard let available else { return widths }
        var fitted = widths
        var excess = fitted.reduce(0, +) + Self.gap * max(0, columns.count - 1) - available
        let flexible = columns.indices.filter { columns[$0].flexible }
        while excess > 0 {
            guard let widest = flexible.max(by: { fitted[$0] < fitted[$1] }),
                fitted[widest] > Self.narrowest
            else { break }
            fitted[widest] -= 1
            excess -= 1
        }
        return fitted
    }
}
