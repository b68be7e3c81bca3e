using FeatureTransfer.Extraction;
using FeatureTransfer.Onnx;
using Microsoft.ML.Transforms.Image;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The steps from images to numbers.</summary>
internal static class ImageKinds
{
    private const string FolderDescription = "The folder that paths in the column start from, relative to this file; null takes them as they are";

    private static readonly OptionalFormat<string> _folder = new(new PathFormat());
    private static readonly IntegerFormat _pixels = new(1, 16384);
    private static readonly AutoFormat<int> _threads = new(new IntegerFormat(1, 1024));

    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Frozen(
            "ExtractFeatures",
            "Features of a frozen ONNX backbone, tapped at any layers",
            new OptionSet<ExtractFeaturesStep>(() => new ExtractFeaturesStep { Backbone = "" })
                .Add("output", StepOptions.Text, s => s.Output, (s, v) => s with { Output = v }, "The column that is added")
                .Add("input", StepOptions.Text, s => s.Input, (s, v) => s with { Input = v }, "The column that is read: a path, an encoded image, or for backbones of text the text itself")
                .Add("pair", StepOptions.OptionalText, s => s.Pair, (s, v) => s with { Pair = v }, "A second column of text, the other half of a pair; null is none")
                .Add("backbone", StepOptions.Text, s => s.Backbone, (s, v) => s with { Backbone = v }, "An id of the catalogue (ft models list), or the path of a card or an ONNX file", required: true)
                .Add("layers", new ListFormat<string>(StepOptions.Text), s => s.Layers, (s, v) => s with { Layers = v }, "The layers to tap, aliases or tensors; empty is the card's default")
                .Add("pooling", new OptionalValueFormat<Pooling>(new EnumFormat<Pooling>()), s => s.Pooling, (s, v) => s with { Pooling = v }, "How a layer becomes a vector; null is the card's default")
                .Add("preprocessing", PreprocessingFormat.Instance, s => s.Preprocessing, (s, v) => s with { Preprocessing = v }, "What changes in the card's image preprocessing")
                .Add("text", TextFormats.Preprocessing, s => s.Text, (s, v) => s with { Text = v }, "How a text becomes tokens, for backbones of text")
                .Add("unitLength", StepOptions.Boolean, s => s.UnitLength, (s, v) => s with { UnitLength = v }, "Whether each layer's vector is divided by its length, so that products are cosines")
                .Add("batchSize", new AutoFormat<int>(new IntegerFormat(1, 1024)), s => s.BatchSize, (s, v) => s with { BatchSize = v }, "Rows a run of the backbone; settings change the speed, not the features")
                .Add("decodeThreads", _threads, s => s.DecodeThreads, (s, v) => s with { DecodeThreads = v }, "Inputs prepared at once")
                .Add("intraOpThreads", _threads, s => s.IntraOpThreads, (s, v) => s with { IntraOpThreads = v }, "Threads within a run of the backbone")
                .Add("sessions", _threads, s => s.Sessions, (s, v) => s with { Sessions = v }, "Runs of the backbone at once")
                .Add("precision", new EnumFormat<Precision>(), s => s.Precision, (s, v) => s with { Precision = v }, "What the backbone computes in; int8 is for images and texts on the CPU, calibrated on the first rows")
                .Add("calibrationRows", new IntegerFormat(1, 10000), s => s.CalibrationRows, (s, v) => s with { CalibrationRows = v }, "How many of the first rows int8 takes its ranges from")
                .Add("minimumSimilarity", new NumberFormat(-1, 1), s => s.MinimumSimilarity, (s, v) => s with { MinimumSimilarity = v }, "The least mean cosine similarity of int8's features to those in floats; below it the run stops")
                .Add("device", DeviceFormat.Instance, s => s.Device, (s, v) => s with { Device = v }, "What the backbone runs on: auto, cpu, cuda, tensorrt, directml or coreml; a number after a colon chooses one of several GPUs")
                .Add("useCache", StepOptions.Boolean, s => s.UseCache, (s, v) => s with { UseCache = v }, "Whether features come from and go to the cache"),
            (s, build) => build.Context.Transforms.ExtractFeatures(Options(s, build), build.Services)),
        StepKind.Frozen(
            "LoadImages",
            "Files to images",
            StepOptions.Column(() => new LoadImagesStep { Output = "" })
                .Add("imageFolder", _folder, s => s.ImageFolder, (s, v) => s with { ImageFolder = v }, FolderDescription),
            (s, build) => build.Context.Transforms.LoadImages(s.Output, build.ResolvePath(s.ImageFolder), s.Input)),
        StepKind.Frozen(
            "LoadRawImageBytes",
            "Files to their bytes",
            StepOptions.Column(() => new LoadRawImageBytesStep { Output = "" })
                .Add("imageFolder", _folder, s => s.ImageFolder, (s, v) => s with { ImageFolder = v }, FolderDescription),
            (s, build) => build.Context.Transforms.LoadRawImageBytes(s.Output, build.ResolvePath(s.ImageFolder), s.Input)),
        StepKind.Frozen(
            "ResizeImages",
            "Images to another size",
            StepOptions.Column(() => new ResizeImagesStep { Output = "", ImageWidth = 1, ImageHeight = 1 })
                .Add("imageWidth", _pixels, s => s.ImageWidth, (s, v) => s with { ImageWidth = v }, "The width in pixels", required: true)
                .Add("imageHeight", _pixels, s => s.ImageHeight, (s, v) => s with { ImageHeight = v }, "The height in pixels", required: true)
                .Add("resizing", new EnumFormat<ImageResizingEstimator.ResizingKind>(), s => s.Resizing, (s, v) => s with { Resizing = v }, "How another shape is fitted")
                .Add("cropAnchor", new EnumFormat<ImageResizingEstimator.Anchor>(), s => s.CropAnchor, (s, v) => s with { CropAnchor = v }, "Which part a crop keeps"),
            (s, build) => build.Context.Transforms.ResizeImages(s.Output, s.ImageWidth, s.ImageHeight, s.Input, s.Resizing, s.CropAnchor)),
        StepKind.Frozen(
            "ConvertToGrayscale",
            "Images without colour",
            StepOptions.Column(() => new ConvertToGrayscaleStep { Output = "" }),
            (s, build) => build.Context.Transforms.ConvertToGrayscale(s.Output, s.Input)),
        StepKind.Frozen(
            "ExtractPixels",
            "Images to vectors of their pixels: (pixel - offset) x scale",
            StepOptions.Column(() => new ExtractPixelsStep { Output = "" })
                .Add("colorsToExtract", new EnumFormat<ImagePixelExtractingEstimator.ColorBits>(), s => s.ColorsToExtract, (s, v) => s with { ColorsToExtract = v }, "The colours")
                .Add("orderOfExtraction", new EnumFormat<ImagePixelExtractingEstimator.ColorsOrder>(), s => s.OrderOfExtraction, (s, v) => s with { OrderOfExtraction = v }, "The order of the colours")
                .Add("interleavePixelColors", StepOptions.Boolean, s => s.InterleavePixelColors, (s, v) => s with { InterleavePixelColors = v }, "Whether a pixel's colours lie side by side")
                .Add("offsetImage", new SingleFormat(), s => s.OffsetImage, (s, v) => s with { OffsetImage = v }, "What is taken off first")
                .Add("scaleImage", new SingleFormat(), s => s.ScaleImage, (s, v) => s with { ScaleImage = v }, "The factor after that")
                .Add("outputAsFloatArray", StepOptions.Boolean, s => s.OutputAsFloatArray, (s, v) => s with { OutputAsFloatArray = v }, "Whether the outcome are numbers; false gives bytes"),
            (s, build) => build.Context.Transforms.ExtractPixels(
                s.Output, s.Input, s.ColorsToExtract, s.OrderOfExtraction, s.InterleavePixelColors, s.OffsetImage, s.ScaleImage, s.OutputAsFloatArray)),
    ];


    private static ExtractFeaturesOptions Options(ExtractFeaturesStep step, StepBuild build) => new()
    {
        OutputColumnName = step.Output,
        InputColumnName = step.Input,
        Backbone = build.ResolveBackbone(step.Backbone),
        Layers = step.Layers.Count > 0 ? step.Layers : null,
        Pooling = step.Pooling,
        PairColumnName = step.Pair,
        UnitLength = step.UnitLength,
        Preprocessing = build.PreprocessingOf(step.Backbone, step.Preprocessing, step.Text),
        BatchSize = step.BatchSize,
        DecodeThreads = step.DecodeThreads,
        IntraOpThreads = step.IntraOpThreads,
        Sessions = step.Sessions,
        Precision = step.Precision,
        CalibrationRows = step.CalibrationRows,
        MinimumSimilarity = step.MinimumSimilarity,
        Device = step.Device,
        UseCache = step.UseCache,
    };
}
