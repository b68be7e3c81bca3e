using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FeatureTransfer.Onnx.Kernels.Winograd;

/// <summary>
/// The transforms of F(2 x 2, 3 x 3) (Lavin and Gray, 2016, "Fast Algorithms for Convolutional Neural Networks") and their transposes, for many
/// tiles side by side. A convolution needs 16 products a tile and pair of channels instead of 36.
/// </summary>
internal static class TileTransforms
{
    private const int Side = 4;

    /// <summary>Applies a matrix to the columns and the rows of tiles.</summary>
    /// <param name="source">Element k of tile i lies at <c>sourcePlaces[k] + i</c>; a few elements behind the last tile are read too.</param>
    /// <param name="sourcePlaces">Where each element of the tiles begins, row by row.</param>
    /// <param name="target">Takes the results in the same way; a few elements behind the last tile are written too.</param>
    /// <param name="targetPlaces">Where each element of the results begins.</param>
    /// <param name="count">How many tiles there are.</param>
    [MethodImpl(Compiled.AtOnce)]
    public static void Apply<T>(ReadOnlySpan<float> source, ReadOnlySpan<int> sourcePlaces, Span<float> target, ReadOnlySpan<int> targetPlaces, int count)
        where T : struct, ITileLine
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        Span<Vector<float>> between = stackalloc Vector<float>[Side * Side];
        for (var i = 0; i < count; i += Vector<float>.Count)
        {
            for (var column = 0; column < T.From; column++)
            {
                var line = T.Apply(
                    Vector.LoadUnsafe(ref from, (nuint)(sourcePlaces[column] + i)),
                    Vector.LoadUnsafe(ref from, (nuint)(sourcePlaces[T.From + column] + i)),
                    T.From > 2 ? Vector.LoadUnsafe(ref from, (nuint)(sourcePlaces[(2 * T.From) + column] + i)) : default,
                    T.From > 3 ? Vector.LoadUnsafe(ref from, (nuint)(sourcePlaces[(3 * T.From) + column] + i)) : default);
                (between[column], between[Side + column], between[(2 * Side) + column], between[(3 * Side) + column]) = line;
            }

            for (var row = 0; row < T.To; row++)
            {
                var line = T.Apply(between[row * Side], between[(row * Side) + 1], between[(row * Side) + 2], between[(row * Side) + 3]);
                line.First.StoreUnsafe(ref to, (nuint)(targetPlaces[row * T.To] + i));
                line.Second.StoreUnsafe(ref to, (nuint)(targetPlaces[(row * T.To) + 1] + i));
                if (T.To > 2)
                    line.Third.StoreUnsafe(ref to, (nuint)(targetPlaces[(row * T.To) + 2] + i));
                if (T.To > 3)
                    line.Fourth.StoreUnsafe(ref to, (nuint)(targetPlaces[(row * T.To) + 3] + i));
            }
        }
    }

    /// <summary>Places one behind the other.</summary>
    public static int[] Places(int count, int spacing) => [.. Enumerable.Range(0, count).Select(place => place * spacing)];
}
