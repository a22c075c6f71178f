/// Comma-separated values as RFC 4180 has them: quotes around a field, doubled inside it.
struct CSV {
    struct Row: Equatable {
        /// The line that the row begins on, from 1.
        let line: Int
        let fields: [String]
    }

    /// Why a file is none.
    struct Fault: Error, Equatable {
        let line: Int
        let message: String
    }

    /// The rows in order; lines of nothing are left out.
    static func parse(_ octets: [UInt8]) throws(Fault) -> [Row] {
        guard var text = String(validating: octets, as: UTF8.self) else {
            throw Fault(line: firstInvalidLine(octets), message: "is not UTF-8")
        }
        if text.first == "\u{FEFF}" { text.removeFirst() }
        var parser = Parser(scalars: Array(text.unicodeScalars))
        return try parser.rows()
    }

    private static func firstInvalidLine(_ octets: [UInt8]) -> Int {
        var line = 1
        for part in octets.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if String(validating: part, as: UTF8.self) == nil { return line }
            line += 1
        }
        return line
    }

    private struct Parser {
        let scalars: [Unicode.Scalar]
        var position = 0
        var line = 1

        init(scalars: [Unicode.Scalar]) {
            self.scalars = scalars
        }

        mutating func rows() throws(Fault) -> [Row] {
            var rows: [Row] = []
            while position < scalars.count {
                let start = line
                let fields = try row()
                if fields != [""] { rows.append(Row(line: start, fields: fields)) }
            }
            return rows
        }

        private mutating func row() throws(Fault) -> [String] {
            var fields = [try field()]
            while position < scalars.count, scalars[position] == "," {
                position += 1
                fields.append(try field())
            }
            endLine()
            return fields
        }

        private mutating func field() throws(Fault) -> String {
            guard position < scalars.count, scalars[position] == "\"" else { return plainField() }
            return try quotedField()
        }

        private mutating func plainField() -> String {
            var field = String.UnicodeScalarView()
            while position < scalars.count {
                let scalar = scalars[position]
                if scalar == "," || scalar == "\n" || scalar == "\r" { break }
                field.append(scalar)
                position += 1
            }
            return String(field)
        }

        private mutating func quotedField() throws(Fault) -> String {
            let start = line
            var field = String.UnicodeScalarView()
            position += 1
            while position < scalars.count {
                let scalar = scalars[position]
                position += 1
                if scalar != "\"" {
                    if scalar == "\n" { line += 1 }
                    field.append(scalar)
                } else if position < scalars.count, scalars[position] == "\"" {
                    field.append(scalar)
                    position += 1
                } else {
                    try endQuoted()
                    return String(field)
                }
            }
            throw Fault(line: start, message: "has a quote that is never closed")
        }

        private func endQuoted() throws(Fault) {
            guard position < scalars.count else { return }
            let next = scalars[position]
            guard next == "," || next == "\n" || next == "\r" else {
                throw Fault(line: line, message: "has text behind a closing quote")
            }
        }

        private mutating func endLine() {
            if position < scalars.count, scalars[position] == "\r" { position += 1 }
            if position < scalars.count, scalars[position] == "\n" { position += 1 }
            line += 1
        }
    }
}
