using System.Buffers;

namespace FeatureTransfer.Inputs.Images;

/// <summary>Puts a resized window where it belongs: turned upright, and in the middle of the background where it is smaller.</summary>
internal readonly struct ImageCanvas(ImagePreprocessing preprocessing, ImagePlan upright, int orientation)
{
    /// <summary>Receives the pixels of the window as it is stored.</summary>
    public delegate void Draw(Span<byte> window);

    /// <summary>Whether the window is all there is, as it is.</summary>
    public bool IsPlain => orientation == 1 && upright.Width == preprocessing.Width && upright.Height == preprocessing.Height;

    /// <summary>Draws the window and copies its pixels to their places.</summary>
    public void Fill(Draw draw, Span<byte> canvas)
    {
        var length = upright.Width * upright.Height * 3;
        var window = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            draw(window.AsSpan(0, length));
            Clear(canvas[..preprocessing.TensorLength]);
            Place(window, canvas);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(window);
        }
    }

    private void Clear(Span<byte> canvas)
    {
        ReadOnlySpan<byte> colour = [(byte)(preprocessing.Background >> 16), (byte)(preprocessing.Background >> 8), (byte)preprocessing.Background];
        for (var i = 0; i < canvas.Length; i += 3)
            colour.CopyTo(canvas[i..]);
    }

    private void Place(ReadOnlySpan<byte> window, Span<byte> canvas)
    {
        var (left, top) = ((preprocessing.Width - upright.Width) / 2, (preprocessing.Height - upright.Height) / 2);
        var storedWidth = ImageOrientation.SwapsAxes(orientation) ? upright.Height : upright.Width;
        for (var y = 0; y < upright.Height; y++)
        {
            for (var x = 0; x < upright.Width; x++)
            {
                var (storedX, storedY) = ImageOrientation.ToStored(x, y, upright.Width, upright.Height, orientation);
                window.Slice(((storedY * storedWidth) + storedX) * 3, 3).CopyTo(canvas[((((top + y) * preprocessing.Width) + left + x) * 3)..]);
            }
        }
    }
}
