extension Output {
    /// A name and its value, which goes on below itself where the terminal is too narrow for it.
    func fact(_ name: Sanitized, _ value: Sanitized, nameWidth: Int) {
        let head = "  " + DisplayWidth.padded(name.text, to: nameWidth) + " "
        let room = (capabilities.width ?? Int.max) - DisplayWidth.of(head)
        guard room >= 20, DisplayWidth.of(value.text) > room else {
            line(Sanitized(head + value.text))
            return
        }
        let indentation = String(repeating: " ", count: DisplayWidth.of(head))
        for (index, part) in Wrapping.lines(of: value.text, width: room).enumerated() {
            line(Sanitized((index == 0 ? head : indentation) + part))
        }
    }
}
