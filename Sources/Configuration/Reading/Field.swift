/// A value of the file under a key: what stands there, where, and where to report.
///
/// Each reading method gives nil after it has reported why.
struct Field {
    let node: Node
    let place: KeyPlace
    let reading: Reading

    func reject(_ message: String, suggestion: String? = nil) {
        reading.reject(at: node.mark, path: place.written, message, suggestion: suggestion)
    }

    /// Reports something about the character `offset` of the text.
    func reject(_ message: String, suggestion: String? = nil, at offset: Int) {
        guard case .scalar(let scalar) = node.content, let inset = scalar.inset else {
            return reject(message, suggestion: suggestion)
        }
        let mark = Mark(line: node.mark.line, column: node.mark.column + inset + offset)
        reading.reject(at: mark, path: place.written, message, suggestion: suggestion)
    }

    /// Another kind of value stands here than the key takes.
    func rejectKind(_ due: String) {
        if node.content == .unusable { return }
        reject("\(due) is due here, and this is \(node.kind)")
    }

    /// The text in quotes, or without it where it may be a secret.
    func shown(_ text: String) -> String {
        place.isSecret || text.contains("@") && text.contains("://")
            ? "this value" : "\"\(Excerpt.of(text))\""
    }

    /// The value's text, whatever it looks like; null, nothing and NUL are rejected.
    func text() -> String? {
        guard case .scalar(let scalar) = node.content, !node.isNull else {
            rejectKind("text")
            return nil
        }
        guard !scalar.text.isEmpty else {
            reject("the text is empty; write something, or leave the key out")
            return nil
        }
        guard !scalar.text.utf8.contains(0) else {
            reject("the text holds a NUL character; leave it out")
            return nil
        }
        return scalar.text
    }

    /// The items of a list, or the value itself as the one item; never empty.
    func oneOrMore() -> [Field]? {
        guard case .sequence = node.content else { return [self] }
        guard let items = items() else { return nil }
        guard !items.isEmpty else {
            reject("the list is empty; write at least one value")
            return nil
        }
        guard !isSplitDN(items) else {
            reject("these are the parts of one DN, split at its commas; put it in quotes")
            return nil
        }
        return items
    }

    /// The items of a list, which may be empty.
    func items() -> [Field]? {
        guard case .sequence(let nodes) = node.content else {
            rejectKind("a list in [brackets]")
            return nil
        }
        return nodes.map { Field(node: $0, place: place, reading: reading) }
    }

    /// The values under names that the administrator chose, in the file's order.
    func named() -> [(name: String, field: Field)]? {
        guard case .mapping(let pairs) = node.content else {
            rejectKind("a section with keys")
            return nil
        }
        return pairs.map { pair in
            // A key without a value has its error where the key stands.
            let node =
                pair.value.isNull ? Node(mark: pair.mark, content: pair.value.content) : pair.value
            let field = Field(node: node, place: place.named(pair.name), reading: reading)
            return (pair.name, field)
        }
    }
}

extension [Field] {
    /// Every item read; nil when one of them could not be.
    func readAll<Value>(_ read: (Field) -> Value?) -> [Value]? {
        let values = compactMap(read)
        return values.count == count ? values : nil
    }
}

/// One reading of one file: where it lies, and what was found wrong so far.
final class Reading {
    /// Absolute.
    let file: String
    /// `LOCKSTEP_PASSWORD_FILE`, absolute.
    let passwordFile: String?
    private(set) var errors: [ConfigurationError] = []

    init(file: String, passwordFile: String?) {
        self.file = file
        self.passwordFile = passwordFile
    }

    func reject(at mark: Mark, path: String, _ message: String, suggestion: String? = nil) {
        errors.append(
            ConfigurationError(
                file: file, line: mark.line, column: mark.column, keyPath: path,
                message: message, suggestion: suggestion))
    }

    /// A path of the file, made absolute by the file's own folder.
    func absolute(_ path: String) -> String {
        AbsolutePath.of(path, in: AbsolutePath.folder(of: file))
    }
}

extension Field {
    /// A name of ours.
    func name() -> String? {
        guard let text = text(), checkName(text) else { return nil }
        return text
    }

    /// Whether `name`, which stands here or is this field's key, is one that a command line, a
    /// file name and `hq:ada` can hold.
    func checkName(_ name: String) -> Bool {
        let isGood = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"):
                true
            default: false
            }
        }
        if isGood, (1...64).contains(name.utf8.count) { return true }
        reject(
            "\(shown(name)) is no name; write up to 64 letters, digits, dashes, dots, underscores")
        return false
    }
}
