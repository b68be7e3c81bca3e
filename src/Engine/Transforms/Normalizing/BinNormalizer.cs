using System.Collections.Immutable;
using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>The number of the bin in which the value lies, as a fraction; with zero fixed, less the fraction of 0.</summary>
internal sealed class BinNormalizer<T> : Normalizer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public const string Kind = "bin";

    private readonly T[][] _bounds;
    private readonly T[] _density;
    private readonly T[] _offset;
    private readonly bool _keepsZeros;

    public BinNormalizer(T[][] bounds, bool fixZero, bool isVector)
        : this(bounds, Offsets(bounds, fixZero), isVector)
    {
    }

    private BinNormalizer(T[][] bounds, T[] offset, bool isVector)
        : base(bounds.Length, isVector)
    {
        _bounds = bounds;
        _density = [.. bounds.Select(Density)];
        _offset = offset;
        _keepsZeros = Enumerable.Range(0, bounds.Length).All(slot => MapOne(T.Zero, slot) == T.Zero);
    }

    public override NormalizingTransformer.NormalizerModelParametersBase Parameters => IsVector
        ? new NormalizingTransformer.BinNormalizerModelParameters<ImmutableArray<T>>(
            [.. _bounds.Select(b => b.ToImmutableArray())], [.. _density], Array.Exists(_offset, o => o != T.Zero) ? [.. _offset] : [])
        : new NormalizingTransformer.BinNormalizerModelParameters<T>([.. _bounds[0]], _density[0], _offset[0]);

    protected override bool KeepsZeros => _keepsZeros;

    public static BinNormalizer<T> Load(BinaryReader reader, bool isVector)
    {
        var bounds = new T[reader.ReadInt32()][];
        for (int i = 0; i < bounds.Length; i++)
            bounds[i] = reader.ReadArray<T>();
        return new(bounds, reader.ReadArray<T>(), isVector);
    }

    public override void Save(BinaryWriter writer)
    {
        writer.Write(Kind);
        writer.Write(_bounds.Length);
        foreach (var bounds in _bounds)
            writer.WriteArray(bounds);
        writer.WriteArray(_offset);
    }

    protected override void MapAll(ReadOnlySpan<T> source, Span<T> destination)
    {
        for (int i = 0; i < source.Length; i++)
            destination[i] = MapOne(source[i], i);
    }

    protected override T MapOne(T value, int slot) =>
        T.IsNaN(value) ? value : (T.CreateTruncating(Bin(_bounds[slot], value)) / _density[slot]) - _offset[slot];

    private static T[] Offsets(T[][] bounds, bool fixZero) =>
        [.. bounds.Select(b => fixZero ? T.CreateTruncating(Bin(b, T.Zero)) / Density(b) : T.Zero)];

    private static T Density(T[] bounds) => T.CreateTruncating(Math.Max(1, bounds.Length - 1));

    // A value on a bound lies in the bin below it.
    private static int Bin(T[] bounds, T value)
    {
        int at = Array.BinarySearch(bounds, value);
        return Math.Min(at >= 0 ? at : ~at, bounds.Length - 1);
    }
}
