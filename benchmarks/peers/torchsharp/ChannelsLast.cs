using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharpPeer;

/// <summary>The layout that libtorch's convolutions are fastest in.</summary>
internal static class ChannelsLast
{
    /// <summary>(batch, channels, height, width) as before, with the channels of a pixel side by side in memory.</summary>
    public static Tensor Of(Tensor tensor) => tensor.dim() == 4 ? tensor.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : tensor;

    /// <summary>Lays out the weights of all convolutions.</summary>
    public static void Apply(nn.Module module)
    {
        foreach (var convolution in module.modules().OfType<Conv2d>())
            convolution.weight = new Parameter(Of(convolution.weight!.detach()), requires_grad: false);
    }
}
