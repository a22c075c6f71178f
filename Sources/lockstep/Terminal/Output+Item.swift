extension Output {
    /// A head and its detail, which goes below it, indented, where the terminal is too narrow.
    func item(
        _ head: Sanitized, _ detail: Sanitized, indentation: Int, _ style: Style = .plain
    ) {
        let width = capabilities.width ?? Int.max
        guard DisplayWidth.of(head.text) + DisplayWidth.of(detail.text) > width else {
            line(Span(Sanitized(head.text + detail.text), style))
            return
        }
        line(Span(head, style))
        // Where little room is left, it does not go below what it belongs to.
        let indentation = width - indentation >= 20 ? indentation : 4
        let margin = String(repeating: " ", count: indentation)
        for part in Wrapping.lines(of: detail.text, width: max(1, width - indentation)) {
            line(Span(Sanitized(margin + part), style))
        }
    }
}
