import Fixtures
import Testing

/// A browser without a window, with a folder of its own.
struct Browser {
    private let folder: TemporaryFolder
    var width = 1200
    var height = 1400

    init(_ folder: TemporaryFolder) {
        self.folder = folder
    }

    func browse(_ arguments: [String], _ page: String) throws {
        try ChildProcess.run(
            "/usr/bin/chromium",
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--hide-scrollbars", "--window-size=\(width),\(height)",
                "--user-data-dir=\(folder.file("browser"))",
            ] + arguments + ["file://\(page)"],
            environment: ["HOME": folder.file("home")]
        ).succeeded(at: "chromium \(arguments)")
    }
}

/// A picture as `pngtopnm` writes it: three octets a pixel.
struct Picture {
    let width: Int
    let height: Int
    let pixels: ArraySlice<UInt8>

    init(png: String) throws {
        let octets = try ChildProcess.run("/usr/bin/pngtopnm", [png])
            .succeeded(at: "pngtopnm").output
        // `P6`, the size, the largest value: a line each.
        let head = octets.split(separator: 10, maxSplits: 3, omittingEmptySubsequences: false)
        let size = String(decoding: head[1], as: UTF8.self).split(separator: " ")
            .compactMap { Int($0) }
        try #require(head.count == 4 && size.count == 2)
        (width, height, pixels) = (size[0], size[1], head[3])
    }

    func pixel(_ x: Int, _ y: Int) -> [UInt8] {
        let place = pixels.startIndex + 3 * (y * width + x)
        return Array(pixels[place..<place + 3])
    }

    /// The share of pixels that are as the corner.
    var ground: Double {
        let corner = pixel(0, 0)
        let rows = stride(from: 0, to: height, by: 2)
        let count = rows.reduce(0) { count, y in
            count + (0..<width).count { pixel($0, y) == corner }
        }
        return Double(count) / Double(rows.underestimatedCount * width)
    }
}
