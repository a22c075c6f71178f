internal import CYAML

/// libyaml's parser over one file, event by event.
///
/// Events, because a loaded `yaml_document_t` no longer tells of anchors, of tags such as `!!str`,
/// nor where an alias stood. Owns the parser and the bytes that it reads; both end with it. The
/// bytes must be UTF-8. Safe: neither pointer leaves this file, both are valid until `deinit`.
@safe struct EventStream: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>

    /// nil where libyaml has no memory.
    init?(_ bytes: [UInt8]) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        guard unsafe yaml_parser_initialize(parser) == 1 else {
            unsafe parser.deallocate()
            return nil
        }
        let input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
        _ = unsafe input.initialize(from: bytes)
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, UnsafePointer(input.baseAddress), input.count)
        unsafe self.parser = parser
        unsafe self.input = input
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe input.deallocate()
    }

    /// The next event; none may be asked for after `streamEnd`.
    mutating func next() throws(SyntaxProblem) -> Event {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw problem }
        defer { unsafe yaml_event_delete(&event) }
        return unsafe Event(copying: event)
    }

    private var problem: SyntaxProblem {
        let failure = unsafe parser.pointee
        if unsafe failure.error == YAML_MEMORY_ERROR {
            return SyntaxProblem(mark: .wholeFile, message: "no memory is left to read it")
        }
        let what = unsafe failure.problem.map { unsafe String(cString: $0) } ?? "it ends too early"
        if unsafe failure.error == YAML_READER_ERROR {
            return SyntaxProblem(
                mark: unsafe Mark(of: failure.problem_offset, in: input),
                message: "not YAML: \(what); write the character as an escape in double quotes")
        }
        if hasTab(inLine: unsafe failure.problem_mark.line) {
            return SyntaxProblem(
                mark: unsafe Mark(failure.problem_mark),
                message: "not YAML: a tab stands where the line begins; indent with spaces alone")
        }
        var within = ""
        if let context = unsafe failure.context, unsafe failure.context_mark.line > 0 {
            let line = unsafe failure.context_mark.line + 1
            within = unsafe " \(String(cString: context)) that begins in line \(line)"
        }
        return SyntaxProblem(
            mark: unsafe Mark(failure.problem_mark),
            message: "not YAML: \(what)\(within); indent with spaces alone, keys of one section "
                + "alike, and put text with special characters in quotes")
    }
}

extension EventStream {
    /// Whether one of the blanks that the line, counted from 0, begins with is a tab.
    private func hasTab(inLine number: Int) -> Bool {
        let lines = unsafe Array(input).split(
            separator: UInt8(ascii: "\n"), maxSplits: number + 1, omittingEmptySubsequences: false)
        guard lines.indices.contains(number) else { return false }
        return lines[number].prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            .contains(UInt8(ascii: "\t"))
    }
}

extension Mark {
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(line: mark.line + 1, column: mark.column + 1)
    }

    /// The place of the byte `offset`; libyaml's reader gives no line.
    fileprivate init(of offset: Int, in input: UnsafeMutableBufferPointer<UInt8>) {
        unsafe self.init(of: offset, in: Array(input))
    }

    /// The place of the byte `offset` in UTF-8.
    init(of offset: Int, in bytes: [UInt8]) {
        var line = 1
        var column = 1
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        self.init(line: line, column: column)
    }
}

extension Event {
    fileprivate init(copying event: yaml_event_t) {
        var anchor = false
        var tag = false
        switch unsafe event.type {
        case YAML_STREAM_START_EVENT: kind = .streamStart
        case YAML_DOCUMENT_START_EVENT:
            let tags = unsafe event.data.document_start.tag_directives
            kind = unsafe .documentStart(hasTagDirectives: tags.start != tags.end)
        case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
        case YAML_ALIAS_EVENT: kind = .alias
        case YAML_SCALAR_EVENT:
            kind = unsafe .scalar(Node.Scalar(copying: event))
            anchor = unsafe event.data.scalar.anchor != nil
            tag = unsafe event.data.scalar.tag != nil
        case YAML_SEQUENCE_START_EVENT:
            kind = .sequenceStart
            anchor = unsafe event.data.sequence_start.anchor != nil
            tag = unsafe event.data.sequence_start.tag != nil
        case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            kind = .mappingStart
            anchor = unsafe event.data.mapping_start.anchor != nil
            tag = unsafe event.data.mapping_start.tag != nil
        case YAML_MAPPING_END_EVENT: kind = .mappingEnd
        default: kind = .streamEnd
        }
        mark = unsafe Mark(event.start_mark)
        hasAnchor = anchor
        hasTag = tag
    }
}

extension Node.Scalar {
    fileprivate init(copying event: yaml_event_t) {
        let scalar = unsafe event.data.scalar
        let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        text = unsafe String(decoding: bytes, as: UTF8.self)
        isPlain = unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE
        let quotes = isPlain ? 0 : 1
        let width = unsafe event.end_mark.column - event.start_mark.column
        let onOneLine = unsafe event.end_mark.line == event.start_mark.line
        let isVerbatim = onOneLine && width == text.unicodeScalars.count + 2 * quotes
        inset = isVerbatim ? quotes : nil
    }
}

/// What libyaml found next, copied out of its memory.
struct Event {
    enum Kind {
        case streamStart
        case streamEnd
        case documentStart(hasTagDirectives: Bool)
        case documentEnd
        case alias
        case scalar(Node.Scalar)
        case sequenceStart
        case sequenceEnd
        case mappingStart
        case mappingEnd
    }

    let kind: Kind
    let mark: Mark
    let hasAnchor: Bool
    let hasTag: Bool
}

/// Why reading the file as YAML ended before its end.
struct SyntaxProblem: Error {
    let mark: Mark
    let message: String
}
