extension Output {
    /// What stands in front, then text that goes on below its own beginning where it is too long.
    ///
    /// Where little room is left beside what stands in front, the text begins below that.
    func hanging(_ lead: [Span], _ text: Sanitized, _ style: Style = .plain) {
        let leadWidth = lead.reduce(0) { $0 + DisplayWidth.of($1.text.text) }
        let width = capabilities.width ?? Int.max
        guard leadWidth + DisplayWidth.of(text.text) > width else {
            return line(lead + [Span(text, style)])
        }
        let isBeside = width - leadWidth >= 20
        let margin = isBeside ? max(2, leadWidth) : 4
        let blank = Span(Sanitized(String(repeating: " ", count: margin)))
        if !isBeside { line(lead) }
        for (index, part) in Wrapping.lines(of: text.text, width: max(1, width - margin))
            .enumerated()
        {
            line((index == 0 && isBeside ? lead : [blank]) + [Span(Sanitized(part), style)])
        }
    }
}
