internal import Ground

/// One JSON document that is written as it is made: an element of its lists is in memory at a time.
struct StreamedDocument {
    private let output: Output
    private var isEmpty = true

    init(_ output: Output) {
        self.output = output
        output.write("{")
    }

    mutating func write(_ key: String, _ value: JSONValue) {
        begin(key)
        output.write(value.text)
    }

    /// An element a line.
    mutating func list(_ key: String, _ body: ((JSONValue) -> Void) throws -> Void) rethrows {
        begin(key)
        output.write("[")
        let output = output
        var isFirst = true
        try body { element in
            output.write(isFirst ? "\n" : ",\n")
            isFirst = false
            output.write(element.text)
        }
        output.write("]")
    }

    func end() { output.write("}\n") }

    private mutating func begin(_ key: String) {
        if !isEmpty { output.write(",\n") }
        isEmpty = false
        output.write(JSONValue.string(key).text + ":")
    }
}
