using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Which preprocessing a network was trained with: it is nowhere in an ONNX file, so a person has to say it.</summary>
internal static class PresetChoice
{
    private static readonly (ImagePreset Preset, string Name, string Families)[] _known =
    [
        (ImagePreset.ImageNet, "imagenet", "torchvision, most of timm, DINOv2"),
        (ImagePreset.MinusOneOne, "minusOneOne", "-1 to 1: Keras MobileNet, Inception; Hugging Face ViT"),
        (ImagePreset.Clip, "clip", "CLIP, OpenCLIP"),
        (ImagePreset.Caffe, "caffe", "BGR less the mean: Keras VGG and ResNet, Caffe"),
        (ImagePreset.ZeroOne, "zeroOne", "0 to 1: TensorFlow Hub, YOLO"),
        (ImagePreset.Zero255, "zero255", "0 to 255: Keras EfficientNet, MobileNetV3, ConvNeXt"),
    ];

    /// <summary>The names, for help.</summary>
    public static string Names { get; } = string.Join(", ", _known.Select(known => known.Name));

    /// <summary>The name of a preset.</summary>
    public static string Name(ImagePreset preset) => _known.Single(known => known.Preset == preset).Name;

    /// <summary>Asks on a terminal; where there is none, warns and takes zeroOne.</summary>
    public static async Task<ImagePreset> AskAsync(Shell shell, CancellationToken cancellationToken)
    {
        if (shell.Terminal is { } terminal)
            return (await Question.AskAsync(terminal, "Which preprocessing was the network trained with?", _known, known => $"{known.Name,-12} {known.Families}", cancellationToken).ConfigureAwait(false)).Preset;
        shell.Error.WriteLine("warning: No --preprocessing was named, so pixels go in from 0 to 1 (zeroOne). That is wrong for most pretrained networks, and nothing but worse results would show it. Look up what the network was trained with, and add it again with --force and one of:");
        foreach (var (_, name, families) in _known)
            shell.Error.WriteLine($"  {name,-12} {families}");
        return ImagePreset.ZeroOne;
    }
}
