using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace FeatureTransfer.Onnx.Kernels.Winograd;

/// <summary>One channel of a batch of images, transformed tile by tile, and back.</summary>
internal static class TileChannel
{
    /// <summary>From the input to its tiles.</summary>
    /// <param name="tiles">Where they lie.</param>
    /// <param name="input">The channel of the images.</param>
    /// <param name="result">Takes the tiles of each image, for each of their elements.</param>
    [MethodImpl(Compiled.AtOnce)]
    public static void Input(TileGeometry tiles, ChannelRows input, ChannelRows[] result)
    {
        var patches = tiles.Patches;
        var spacing = patches.Wide + PlaneGeometry.Slack;
        using var memory = new Scratch(patches, patches.Planes * patches.Spacing, TileGeometry.Elements * spacing);
        var (from, to) = (memory.OffsetsInPlanes(), TileTransforms.Places(TileGeometry.Elements, spacing));
        for (var image = 0; image < input.Images; image++)
        {
            PlanePacking.Deal(patches, input[image], memory.First);
            TileTransforms.Apply<InputLine>(memory.First, from, memory.Second, to, patches.Wide);
            for (var element = 0; element < TileGeometry.Elements; element++)
                PlanePacking.Narrow(patches, memory.Second[to[element]..], result[element][image]);
        }
    }

    /// <summary>From the gradient of the tiles to that of the input, where tiles overlap.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void InputGradient(TileGeometry tiles, ChannelRows[] gradient, ChannelRows result)
    {
        var patches = tiles.Patches;
        var spacing = patches.Wide + PlaneGeometry.Slack;
        using var memory = new Scratch(patches, TileGeometry.Elements * spacing, TileGeometry.Elements * spacing);
        using var planes = new Scratch(patches, patches.Planes * patches.Spacing, 0);
        var (rows, places) = (TileTransforms.Places(TileGeometry.Elements, spacing), memory.OffsetsInPlanes());
        for (var image = 0; image < result.Images; image++)
        {
            for (var element = 0; element < TileGeometry.Elements; element++)
                PlanePacking.Widen(patches, gradient[element][image], memory.First[rows[element]..]);
            TileTransforms.Apply<InputGradientLine>(memory.First, rows, memory.Second, rows, patches.Wide);
            planes.First[..(patches.Planes * patches.Spacing)].Clear();
            for (var element = 0; element < TileGeometry.Elements; element++)
            {
                var plane = planes.First.Slice(places[element], patches.Wide);
                TensorPrimitives.Add(plane, memory.Second.Slice(rows[element], patches.Wide), plane);
            }

            PlanePacking.Gather(patches, planes.First, result[image]);
        }
    }

    /// <summary>From the products of tiles to the output.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Output(TileGeometry tiles, ChannelRows[] products, float bias, ChannelRows result)
    {
        var results = tiles.Results;
        var spacing = tiles.Tiles + PlaneGeometry.Slack;
        using var memory = new Scratch(results, TileGeometry.Elements * spacing, results.Planes * results.Spacing);
        var (from, to) = (TileTransforms.Places(TileGeometry.Elements, spacing), memory.OffsetsInPlanes());
        for (var image = 0; image < result.Images; image++)
        {
            for (var element = 0; element < TileGeometry.Elements; element++)
                products[element][image].CopyTo(memory.First[from[element]..]);
            TileTransforms.Apply<OutputLine>(memory.First, from, memory.Second, to, tiles.Tiles);
            PlanePacking.Gather(results, memory.Second, result[image]);
            if (bias != 0)
                TensorPrimitives.Add(result[image], bias, result[image]);
        }
    }

    /// <summary>From the gradient of the output to that of the products.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void OutputGradient(TileGeometry tiles, ChannelRows gradient, ChannelRows[] result)
    {
        var results = tiles.Results;
        var spacing = tiles.Tiles + PlaneGeometry.Slack;
        using var memory = new Scratch(results, results.Planes * results.Spacing, TileGeometry.Elements * spacing);
        var (from, to) = (memory.OffsetsInPlanes(), TileTransforms.Places(TileGeometry.Elements, spacing));
        for (var image = 0; image < gradient.Images; image++)
        {
            PlanePacking.Deal(results, gradient[image], memory.First);
            TileTransforms.Apply<OutputGradientLine>(memory.First, from, memory.Second, to, tiles.Tiles);
            for (var element = 0; element < TileGeometry.Elements; element++)
                memory.Second.Slice(to[element], tiles.Tiles).CopyTo(result[element][image]);
        }
    }
}
