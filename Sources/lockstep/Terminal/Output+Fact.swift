extension Output {
    /// A name and its value, which goes on below itself where the terminal is too narrow for it.
    func fact(
        _ name: Sanitized, _ value: Sanitized, nameWidth: Int, _ style: Style = .plain
    ) {
        let head = "  " + DisplayWidth.padded(name.text, to: nameWidth) + " "
        hanging([Span(Sanitized(head))], value, style)
    }
}
