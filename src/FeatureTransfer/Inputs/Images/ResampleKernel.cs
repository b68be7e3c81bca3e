namespace FeatureTransfer.Inputs.Images;

/// <summary>The kernels of <see cref="Interpolation"/> as functions of the distance, in pixels of the coarser grid.</summary>
internal static class ResampleKernel
{
    /// <summary>How far the kernel reaches to each side.</summary>
    public static int Reach(Interpolation interpolation) => interpolation switch
    {
        Interpolation.Bilinear => 1,
        Interpolation.Bicubic => 2,
        _ => 3,
    };

    /// <summary>The weight at a distance.</summary>
    public static double Weight(Interpolation interpolation, double distance)
    {
        var x = Math.Abs(distance);
        return x >= Reach(interpolation) ? 0 : interpolation switch
        {
            Interpolation.Bilinear => 1 - x,
            Interpolation.Bicubic => CatmullRom(x),
            _ => Sinc(x) * Sinc(x / 3),
        };
    }

    private static double CatmullRom(double x) =>
        x < 1 ? (((1.5 * x) - 2.5) * x * x) + 1 : (((((-0.5 * x) + 2.5) * x) - 4) * x) + 2;

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
