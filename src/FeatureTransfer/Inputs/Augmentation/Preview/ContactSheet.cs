using FeatureTransfer.Inputs.Images;
using NetVips;

namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>
/// A picture of what a plan does: a row an image, the image as it is first, then as each epoch would see it. Cells show the tensor,
/// erased rectangles and all, turned back into colours.
/// </summary>
public sealed class ContactSheet
{
    private const int Gap = 4;

    private readonly Augmenter _augmenter;
    private readonly ImagePreprocessor _plain;
    private readonly int _columns;
    private readonly int _width;
    private readonly int _height;
    private readonly byte[] _pixels;

    /// <summary>Makes an empty sheet.</summary>
    /// <param name="plan">What is shown.</param>
    /// <param name="preprocessing">What is made of an image; its size is a cell's.</param>
    /// <param name="rows">The rows, at least 1.</param>
    /// <param name="columns">The cells in a row, the image as it is included; at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are too few rows or columns, or the sheet would have more than 100 million pixels.</exception>
    /// <exception cref="ArgumentException">A setting of the plan or of the preprocessing is out of range.</exception>
    public ContactSheet(AugmentationPlan plan, ImagePreprocessing preprocessing, int rows, int columns)
    {
        const long MostPixels = 100_000_000;
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 2);
        (_augmenter, _plain, _columns) = (new Augmenter(plan, preprocessing), new ImagePreprocessor(preprocessing), columns);
        var (width, height) = (Edge(columns, preprocessing.Width), Edge(rows, preprocessing.Height));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width * height, MostPixels, nameof(rows));
        (_width, _height) = ((int)width, (int)height);
        _pixels = new byte[_width * _height * 3];
        _pixels.AsSpan().Fill(0xFF);
    }

    /// <summary>Draws a row.</summary>
    /// <param name="row">Its number, from 0.</param>
    /// <param name="encoded">The bytes of an image file.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="name">What to call the image in an error; its path, say.</param>
    /// <exception cref="BadInputException">The image cannot be read.</exception>
    public void Draw(int row, ReadOnlyMemory<byte> encoded, int seed, string? name = null)
    {
        var preprocessing = _augmenter.Preprocessing;
        var tensor = new float[preprocessing.TensorLength];
        var cell = new byte[preprocessing.TensorLength];
        for (var column = 0; column < _columns; column++)
        {
            if (column == 0)
                _plain.Read(encoded, tensor, name);
            else
                _augmenter.Read(encoded, AugmentationSeed.Of(seed, column - 1, row), tensor, name);
            TensorPicture.ToRgb(tensor, preprocessing, cell);
            Place(cell, (int)Edge(column, preprocessing.Width), (int)Edge(row, preprocessing.Height));
        }
    }

    /// <summary>The sheet as a JPEG file.</summary>
    /// <param name="quality">1 to 100. Default 92.</param>
    public byte[] ToJpeg(int quality = 92)
    {
        using var image = ToImage();
        return image.JpegsaveBuffer(q: quality, keep: Enums.ForeignKeep.None);
    }

    /// <summary>The sheet as a PNG file.</summary>
    public byte[] ToPng()
    {
        using var image = ToImage();
        return image.PngsaveBuffer(keep: Enums.ForeignKeep.None);
    }

    private static long Edge(int cells, int edge) => ((long)cells * (edge + Gap)) + Gap;

    private void Place(ReadOnlySpan<byte> cell, int left, int top)
    {
        var length = _augmenter.Preprocessing.Width * 3;
        for (var y = 0; y < _augmenter.Preprocessing.Height; y++)
            cell.Slice(y * length, length).CopyTo(_pixels.AsSpan((((top + y) * _width) + left) * 3));
    }

    private Image ToImage()
    {
        LibVips.EnsureLoaded();
        using var pixels = Image.NewFromMemory(_pixels, _width, _height, 3, Enums.BandFormat.Uchar);
        return pixels.Copy(interpretation: Enums.Interpretation.Srgb);
    }
}
