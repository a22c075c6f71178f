internal import Foundation

/// What `ldapsearch -LLL -o ldif-wrap=no` prints.
enum LDIFAnswer {
    /// The attributes of its one entry, by the names that the server gave them.
    static func attributes(_ text: String) -> [String: [String]] {
        var result: [String: [String]] = [:]
        for line in text.split(separator: "\n").compactMap({ line(String($0)) })
        where line.name != "dn" {
            result[line.name, default: []].append(line.value)
        }
        return result
    }

    /// The names of its entries.
    static func names(_ text: String) -> [String] {
        text.split(separator: "\n").compactMap { line(String($0)) }
            .filter { $0.name == "dn" }.map(\.value)
    }

    private static func line(_ text: String) -> (name: String, value: String)? {
        guard !text.hasPrefix("#"), let colon = text.firstIndex(of: ":") else { return nil }
        let name = String(text[..<colon])
        let rest = text[text.index(after: colon)...]
        guard rest.hasPrefix(":") else {
            return (name, String(rest.drop { $0 == " " }))
        }
        let decoded = Data(base64Encoded: String(rest.dropFirst().drop { $0 == " " })) ?? Data()
        return (name, String(decoding: decoded, as: UTF8.self))
    }
}
