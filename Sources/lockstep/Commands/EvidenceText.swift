/// The evidence of a process on a terminal; nothing in it is ever cut.
struct EvidenceText {
    let output: Output

    func write(_ document: EvidenceDocument) {
        output.line(Span(Sanitized(document.title), .bold))
        output.line(document.process.verdict)
        output.line("")
        for (name, value) in document.facts {
            output.fact(Sanitized(name), Sanitized(value), nameWidth: 16)
        }
        for section in document.sections {
            output.line("")
            output.line(Span(Sanitized(section.title), .bold))
            write(section)
        }
    }

    private func write(_ section: EvidenceDocument.Section) {
        guard !section.rows.isEmpty else {
            output.line(Span("  \(section.none)", .dim))
            return
        }
        let filled = section.filled
        var table = Table([.init("")] + filled.map { Table.Column(section.columns[$0]) })
        for row in section.rows {
            table.append([Span("")] + filled.map { Span(Sanitized(row[$0])) })
        }
        guard !table.fits(output) else { return table.write(to: output) }
        for row in section.rows { write(row, of: section) }
    }

    /// What it is about on a line, and each of the other cells on one of its own.
    private func write(_ row: [String], of section: EvidenceDocument.Section) {
        let head = row.prefix(section.headColumns)
        output.line(
            Span("  \(head[0])  "), Span(Sanitized(head[1]), .bold),
            Span(Sanitized(head.dropFirst(2).map { "  " + $0 }.joined())))
        for (name, value) in zip(section.columns, row).dropFirst(section.headColumns)
        where !value.isEmpty {
            let indented = name.isEmpty ? "" : "  " + name
            output.fact(Sanitized(indented), Sanitized(value), nameWidth: name.isEmpty ? 1 : 10)
        }
    }
}
