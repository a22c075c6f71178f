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
