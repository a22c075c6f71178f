/// Makes the tree of a file's one document, within bounds, and reports what YAML allows and we don't.
///
/// Anchors, aliases, tags, merge keys and keys that are no text are reported and reading goes on;
/// a key that stands twice is there twice. A syntax error and a bound that is passed end it; a second document is not read.
struct DocumentReader: ~Copyable {
    /// The deepest key of ours lies seven levels down.
    static let deepest = 20
    static let longestText = 65_536
    static let mostItems = 4_096

    private var events: EventStream
    private let reading: Reading

    init(_ events: consuming EventStream, reading: Reading) {
        self.events = events
        self.reading = reading
    }

    /// The document's one node, null for an empty file; a problem is reported, and is nil.
    mutating func read() -> Node? {
        do throws(SyntaxProblem) {
            return try document()
        } catch {
            reading.reject(at: error.mark, path: "", error.message)
            return nil
        }
    }

    private mutating func document() throws(SyntaxProblem) -> Node {
        _ = try events.next()
        let start = try events.next()
        guard case .documentStart(let hasTagDirectives) = start.kind else {
            return Node(mark: Mark(line: 1, column: 1), content: .text(""))
        }
        if hasTagDirectives {
            reading.reject(at: start.mark, path: "", "tags are not allowed; leave out %TAG")
        }
        let root = try node(events.next(), path: "", depth: 1)
        _ = try events.next()
        let end = try events.next()
        if case .streamEnd = end.kind { return root }
        reading.reject(
            at: end.mark, path: "", "a second document begins; the file has one, without ---")
        return root
    }

    private mutating func node(
        _ event: Event, path: String, depth: Int
    ) throws(SyntaxProblem) -> Node {
        guard depth <= Self.deepest else {
            throw SyntaxProblem(
                mark: event.mark,
                message: "nested more than \(Self.deepest) levels deep; no key needs that")
        }
        rejectDecorations(of: event, path: path)
        switch event.kind {
        case .scalar(let scalar):
            guard scalar.text.utf8.count <= Self.longestText else {
                throw SyntaxProblem(
                    mark: event.mark,
                    message: "a text of \(scalar.text.utf8.count) bytes; "
                        + "at most \(Self.longestText) are read")
            }
            return Node(mark: event.mark, content: .scalar(scalar))
        case .sequenceStart:
            return Node(
                mark: event.mark, content: .sequence(try items(path: path, depth: depth + 1)))
        case .mappingStart:
            return Node(
                mark: event.mark, content: .mapping(try pairs(path: path, depth: depth + 1)))
        case .alias, .streamStart, .streamEnd, .documentStart, .documentEnd, .sequenceEnd,
            .mappingEnd:
            return Node(mark: event.mark, content: .unusable)
        }
    }

    /// Never names the anchor or tag: a password that begins with & or ! is read as one.
    private func rejectDecorations(of event: Event, path: String) {
        if case .alias = event.kind {
            reading.reject(
                at: event.mark, path: path,
                "an alias is not allowed; write the value out, or put text that begins with * in quotes"
            )
        }
        if event.hasAnchor {
            reading.reject(
                at: event.mark, path: path,
                "an anchor is not allowed; leave it out, or put text that begins with & in quotes")
        }
        if event.hasTag {
            reading.reject(
                at: event.mark, path: path,
                "a tag is not allowed; leave it out, or put text that begins with ! in quotes")
        }
    }

    private mutating func items(path: String, depth: Int) throws(SyntaxProblem) -> [Node] {
        var items: [Node] = []
        while true {
            let event = try events.next()
            if case .sequenceEnd = event.kind { return items }
            try bound(items.count, at: event.mark)
            items.append(try node(event, path: path, depth: depth))
        }
    }

    private mutating func pairs(path: String, depth: Int) throws(SyntaxProblem) -> [Node.Pair] {
        var pairs: [Node.Pair] = []
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind { return pairs }
            try bound(pairs.count, at: event.mark)
            let name = try name(event, path: path, depth: depth)
            let inner = name.map { KeyPlace.join(path, $0) } ?? path
            let value = try node(events.next(), path: inner, depth: depth)
            guard let name else { continue }
            pairs.append(Node.Pair(name: name, mark: event.mark, value: value))
        }
    }

    /// The text of a key; nil, reported, where it can't be one.
    private mutating func name(
        _ event: Event, path: String, depth: Int
    ) throws(SyntaxProblem) -> String? {
        let key = try node(event, path: path, depth: depth)
        switch key.content {
        case .scalar(let scalar) where scalar.isPlain && scalar.text == "<<":
            reading.reject(
                at: key.mark, path: path, "a merge key is not allowed; write the keys out")
            return nil
        case .scalar(let scalar):
            return scalar.text
        case .sequence, .mapping:
            reading.reject(at: key.mark, path: path, "a key is text, and this is \(key.kind)")
            return nil
        case .unusable:
            return nil
        }
    }

    private func bound(_ count: Int, at mark: Mark) throws(SyntaxProblem) {
        guard count < Self.mostItems else {
            throw SyntaxProblem(
                mark: mark,
                message: "more than \(Self.mostItems) keys or items in one place; split them up")
        }
    }
}

/// Whether bytes are UTF-8, and where they stop being so.
enum UTF8Check {
    /// The offset of the first byte that belongs to no character; nil where all is UTF-8.
    static func firstInvalid(_ bytes: [UInt8]) -> Int? {
        if String(validating: bytes, as: UTF8.self) != nil { return nil }
        var decoder = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.parseScalar(from: &iterator) {
            case .valid(let scalar): offset += scalar.count
            case .error, .emptyInput: return offset
            }
        }
    }
}
