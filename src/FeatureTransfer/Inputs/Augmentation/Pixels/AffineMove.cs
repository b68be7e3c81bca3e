using NetVips;

namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>
/// A linear map about the image's middle, then a shift: <c>x' = A x + B y + X</c>, <c>y' = C x + D y + Y</c>, y downwards. The size of the
/// image stays.
/// </summary>
internal readonly record struct AffineMove(double A, double B, double C, double D, double X = 0, double Y = 0)
{
    // Bilinear interpolation looks at one pixel more on each side.
    private const int Reach = 2;

    /// <summary>A turn, counter-clockwise to the eye.</summary>
    public static AffineMove Turn(double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return new AffineMove(cos, sin, -sin, cos);
    }

    public void Apply(PixelImage image, BorderFill fill)
    {
        if (this == new AffineMove(1, 0, 0, 1))
            return;
        var move = this;
        var (width, height) = (image.Width, image.Height);
        var (across, down) = Margins(width, height);
        var middle = (X: (width - 1) / 2.0, Y: (height - 1) / 2.0);
        image.Change(pixels =>
        {
            // The fill has to reach to wherever a corner of the result comes from.
            var (allWidth, allHeight) = (width + (2 * across), height + (2 * down));
            using var wide = fill == BorderFill.Edge
                ? pixels.Embed(across, down, allWidth, allHeight, Enums.Extend.Copy)
                : pixels.Embed(across, down, allWidth, allHeight, Enums.Extend.Background, image.Background);
            return wide.Affine(
                [move.A, move.B, move.C, move.D],
                idx: -across - middle.X,
                idy: -down - middle.Y,
                odx: middle.X + move.X,
                ody: middle.Y + move.Y,
                oarea: [0, 0, width, height]);
        });
    }

    private (int Across, int Down) Margins(int width, int height)
    {
        var determinant = (A * D) - (B * C);
        var (across, down) = (0.0, 0.0);
        foreach (var (right, bottom) in ((int, int)[])[(-1, -1), (-1, 1), (1, -1), (1, 1)])
        {
            var (x, y) = ((right * width / 2.0) - X, (bottom * height / 2.0) - Y);
            across = Math.Max(across, Math.Abs(((D * x) - (B * y)) / determinant) - (width / 2.0));
            down = Math.Max(down, Math.Abs(((A * y) - (C * x)) / determinant) - (height / 2.0));
        }

        return ((int)Math.Ceiling(across) + Reach, (int)Math.Ceiling(down) + Reach);
    }
}
