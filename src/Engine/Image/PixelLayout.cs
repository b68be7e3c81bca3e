using Microsoft.ML.Data;
using ColorBits = Microsoft.ML.Transforms.Image.ImagePixelExtractingEstimator.ColorBits;
using ColorsOrder = Microsoft.ML.Transforms.Image.ImagePixelExtractingEstimator.ColorsOrder;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Which channels of an image a vector holds, in which order, as planes or interleaved.</summary>
internal sealed class PixelLayout
{
    private readonly ColorBits _colors;
    private readonly ColorsOrder _order;
    private readonly bool _interleaved;
    private readonly ColorBits[] _channels;

    public PixelLayout(ColorBits colors, ColorsOrder order, bool interleaved)
    {
        Check.Param(colors != 0 && (colors & ~ColorBits.All) == 0, nameof(colors), "Need to use at least one color.");
        Check.Param(Enum.IsDefined(order), nameof(order), $"{order} is no order of colors.");
        (_colors, _order, _interleaved) = (colors, order, interleaved);
        _channels = [.. order.ToString().Select(Bit).Where(bit => colors.HasFlag(bit))];
    }

    public int Channels => _channels.Length;

    public bool Has(ColorBits channel) => _colors.HasFlag(channel);

    public int[] Dimensions(int height, int width) => _interleaved ? [height, width, Channels] : [Channels, height, width];

    /// <summary>Where the first value of a channel lies in the vector, and how far apart its values are.</summary>
    public (int First, int Step) Place(int channel, int area) => _interleaved ? (channel, Channels) : (channel * area, 1);

    /// <summary>Where a channel lies in the four bytes of a pixel.</summary>
    public int Offset(int channel, MLPixelFormat format) => _channels[channel] switch
    {
        ColorBits.Red => MLImagePixels.Red(format),
        ColorBits.Green => MLImagePixels.Green,
        ColorBits.Blue => MLImagePixels.Blue(format),
        _ => MLImagePixels.Alpha,
    };

    public void Write(BinaryWriter writer)
    {
        writer.Write((byte)_colors);
        writer.Write((byte)_order);
        writer.Write(_interleaved);
    }

    public static PixelLayout Read(BinaryReader reader) => new((ColorBits)reader.ReadByte(), (ColorsOrder)reader.ReadByte(), reader.ReadBoolean());

    private static ColorBits Bit(char letter) => letter switch
    {
        'A' => ColorBits.Alpha,
        'R' => ColorBits.Red,
        'G' => ColorBits.Green,
        _ => ColorBits.Blue,
    };
}
