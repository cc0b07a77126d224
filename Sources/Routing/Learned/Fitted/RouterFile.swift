import Domain
import Similarity

/// Why a router's file cannot be read.
package enum RouterFileError: Error, Equatable, CustomStringConvertible {
    case notARouter
    case unknownVersion(UInt32)
    case damaged

    package var description: String {
        switch self {
        case .notARouter: "this is no router of Suffice; fit one with `suffice router train`"
        case .unknownVersion(let version):
            "the router was written in form \(version) by another release; fit it again with `suffice router train`"
        case .damaged: "the router's file is damaged; fit it again with `suffice router train`"
        }
    }
}

extension FittedRouter {
    private static let magic: [UInt8] = Array("SUFFICER".utf8)
    private static let version: UInt32 = 2

    /// The router as one file: a name, a version, a checksum, and the numbers as they lie in memory, little-endian.
    package func encoded() -> [UInt8] {
        var body = BinaryWriter()
        body.write(rows)
        body.write(models.count)
        for model in models { body.write(model.rawValue) }
        body.write(costs.flatMap { [$0?.perCall ?? .nan, $0?.perByte ?? .nan] })
        body.write(blend.means)
        body.write(blend.weights.ease)
        body.write(blend.weights.deviations)
        body.write([blend.weights.surfaceAlone.ease, blend.weights.surfaceAlone.deviations])
        body.write(blend.familiarity.quantiles)
        body.write(blend.parts.surface.scale.mean)
        body.write(blend.parts.surface.scale.spread)
        body.write(blend.parts.surface.scores)
        if body.write(isThere: blend.parts.lexical), let lexical = blend.parts.lexical {
            body.write(lexical.weighting.places)
            body.write(lexical.weighting.rarity)
            body.write(lexical.scores)
        }
        if body.write(isThere: blend.parts.embedding), let embedding = blend.parts.embedding {
            body.write(embedding.scores)
        }
        if body.write(isThere: blend.parts.neighbours), let neighbours = blend.parts.neighbours {
            body.write(neighbours.index.dimensions)
            body.write(neighbours.index.values)
            body.write(neighbours.deviations)
        }
        if body.write(isThere: blend.parts.kernel), let kernel = blend.parts.kernel {
            body.write(kernel.scores)
        }
        var file = BinaryWriter()
        file.bytes += FittedRouter.magic
        file.write(number: FittedRouter.version)
        file.write(number: UInt32(0))
        file.write(number: checksum(of: body.bytes))
        file.bytes += body.bytes
        return file.bytes
    }

    /// - Throws: ``RouterFileError`` where the bytes are not what ``encoded()`` wrote.
    package init(decoding file: UnsafeRawBufferPointer) throws(RouterFileError) {
        let head = FittedRouter.magic.count
        guard file.count >= head + 16, file.prefix(head).elementsEqual(FittedRouter.magic) else { throw .notARouter }
        let version = UInt32(littleEndian: file.loadUnaligned(fromByteOffset: head, as: UInt32.self))
        guard version == FittedRouter.version else { throw .unknownVersion(version) }
        let sum = UInt64(littleEndian: file.loadUnaligned(fromByteOffset: head + 8, as: UInt64.self))
        let body = UnsafeRawBufferPointer(rebasing: file[(head + 16)...])
        guard sum == checksum(of: body), let router = FittedRouter(body: body) else { throw .damaged }
        self = router
    }

    package init(decoding file: [UInt8]) throws(RouterFileError) {
        self = try file.withUnsafeBytes { bytes in
            Result { () throws(RouterFileError) in try FittedRouter(decoding: bytes) }
        }.get()
    }

    /// Nil where parts do not fit each other.
    private init?(body: UnsafeRawBufferPointer) {
        var reader = BinaryReader(body)
        let rows = reader.integer()
        let count = reader.integer()
        guard count > 0, count <= body.count else { return nil }
        let models = (0..<count).map { _ in ModelID(reader.string()) }
        let costs: [Double] = reader.array()
        let means: [Double] = reader.array()
        let ease: [Double] = reader.array()
        let deviations: [Double] = reader.array()
        let alone: [Double] = reader.array()
        let quantiles: [Float] = reader.array()
        let scale = FeatureScale(mean: reader.array(), spread: reader.array())
        let parts = BlendParts.Part.allCases.count
        guard !reader.isBroken, costs.count == 2 * count, means.count == count, ease.count == parts,
            deviations.count == parts, alone.count == 2, scale.mean.count == scale.spread.count,
            let surface = reader.linearScores(features: scale.mean.count, models: count)
        else { return nil }

        var lexical: LexicalRidge?
        if reader.isThere() {
            let weighting = TermWeighting(places: reader.array(), rarity: reader.array())
            guard weighting.places.count == weighting.rarity.count,
                let scores = reader.linearScores(features: weighting.places.count, models: count)
            else { return nil }
            lexical = LexicalRidge(weighting: weighting, scores: scores)
        }
        var embedding: EmbeddingRidge?
        if reader.isThere() {
            guard let scores = reader.linearScores(features: nil, models: count) else { return nil }
            embedding = EmbeddingRidge(scores: scores)
        }
        var neighbours: NearestNeighbours?
        if reader.isThere() {
            guard let index = VectorIndex(dimensions: reader.integer(), values: reader.array()) else { return nil }
            let found: [Float] = reader.array()
            guard found.count == index.count * count else { return nil }
            neighbours = NearestNeighbours(index: index, deviations: found, means: means)
        }
        var kernel: SurfaceKernel?
        if reader.isThere() {
            guard let scores = reader.linearScores(features: FourierFeatures.count, models: count) else { return nil }
            kernel = SurfaceKernel(scale: scale, scores: scores)
        }
        guard reader.isAtEnd else { return nil }
        self.init(
            models: models,
            rows: rows,
            blend: Blend(
                parts: BlendParts(
                    surface: SurfaceRidge(scale: scale, scores: surface),
                    lexical: lexical,
                    embedding: embedding,
                    neighbours: neighbours,
                    kernel: kernel
                ),
                weights: PartWeights(
                    ease: ease,
                    deviations: deviations,
                    surfaceAlone: PartWeights.Alone(ease: alone[0], deviations: alone[1])
                ),
                familiarity: Familiarity(quantiles: quantiles),
                means: means
            ),
            costs: (0..<count).map {
                costs[2 * $0].isNaN ? nil : ExpectedCost(perCall: costs[2 * $0], perByte: costs[2 * $0 + 1])
            }
        )
    }
}

extension BinaryWriter {
    fileprivate mutating func write(_ scores: LinearScores) {
        write(scores.weights)
        write(scores.constants)
    }

    fileprivate mutating func write<Part>(isThere part: Part?) -> Bool {
        write(part == nil ? 0 : 1)
        return part != nil
    }
}

extension BinaryReader {
    fileprivate mutating func linearScores(features: Int?, models: Int) -> LinearScores? {
        let scores = LinearScores(weights: array(), constants: array())
        guard !isBroken, scores.constants.count == models, scores.weights.count % models == 0,
            features == nil || scores.weights.count == features.map({ $0 * models })
        else { return nil }
        return scores
    }

    fileprivate mutating func isThere() -> Bool { integer() == 1 }
}

/// Tells whether bytes are as they were written; eight at a time, as a file of megabytes is read on the way to a
/// prompt.
private func checksum(of bytes: UnsafeRawBufferPointer) -> UInt64 {
    var sum: UInt64 = UInt64(bytes.count) &+ 0x9E37_79B9_7F4A_7C15
    var at = 0
    while at + 8 <= bytes.count {
        let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        sum = (sum ^ word) &* 0x9E37_79B9_7F4A_7C15
        sum ^= sum >> 29
        at += 8
    }
    for byte in bytes[at...] { sum = (sum ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return sum ^ (sum >> 32)
}

private func checksum(of bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { checksum(of: $0) } }
