using LibVips;

namespace FeatureTransfer.Inputs.Images;

/// <summary>Resizes with the recipe's kernel, exact to the level and with little memory.</summary>
internal static class ImageResizer
{
    // What the kernel itself still has to reduce. A wider one needs hundreds of source rows for each row that it gives.
    private const int KernelShare = 4;

    public static VipsImage Resize(VipsImage image, int width, int height, Interpolation interpolation)
    {
        if (interpolation == Interpolation.Nearest)
            return image.Resize(width, height, VipsKernel.Nearest);
        using var near = image.Shrink(Blocks(image.Width, width), Blocks(image.Height, height));
        using var exact = near.Cast(VipsBandFormat.Float);
        using var resized = exact.Resize(width, height, Kernel(interpolation));
        using var rounded = resized.Round();
        return rounded.Cast(VipsBandFormat.UChar);
    }

    private static int Blocks(int from, int to) => Math.Max(1, from / (to * KernelShare));

    private static VipsKernel Kernel(Interpolation interpolation) => interpolation switch
    {
        Interpolation.Bilinear => VipsKernel.Linear,
        Interpolation.Bicubic => VipsKernel.Cubic,
        _ => VipsKernel.Lanczos3,
    };
}
