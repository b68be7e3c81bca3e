using FeatureTransfer.Backbones;
using FeatureTransfer.Cascades;
using FeatureTransfer.Extraction;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The table of a cascade's stages in JSON.</summary>
internal static class StageKinds
{
    private static readonly TextFormat _text = StepOptions.Text;
    private static readonly ListFormat<float> _channels = new(new SingleFormat(), 3);
    private static readonly SingleFormat _share = new(0, 1);
    private static readonly OptionalValueFormat<int> _size = StepOptions.OptionalCount;

    public static ListFormat<CascadeStageStep> Format { get; } = new(
        new UnionFormat<CascadeStageStep>(
            "stage",
            [
                Kind("Onnx", "Runs an ONNX model of one input", Stage(() => new OnnxStageStep { Output = "", ModelFile = "", Input = "" })
                    .Add("modelFile", new PathFormat(), s => s.ModelFile, (s, v) => s with { ModelFile = v }, "The model, relative to this file", required: true)
                    .Add("input", _text, s => s.Input, (s, v) => s with { Input = v }, "The tensor that it reads", required: true)
                    .Add("device", DeviceFormat.Instance, s => s.Device, (s, v) => s with { Device = v }, "What it runs on")),
                Kind("DetectObjects", "Finds objects in an image; its output are the boxes", DetectObjects()),
                Kind("ExtractFeatures", "Features of a frozen backbone: of images, or of texts", ExtractFeatures()),
                Kind("ImagesToLabels", "Has a model file name an image, or several, crops for example", Stage(() => new ImagesToLabelsStep { Output = "", Input = "", ModelFile = "" })
                    .Add("input", _text, s => s.Input, (s, v) => s with { Input = v }, "The image or images", required: true)
                    .Add("modelFile", new PathFormat(), s => s.ModelFile, (s, v) => s with { ModelFile = v }, "The model file (.ftm), which classifies images, relative to this file", required: true)),
                Kind("ImagesToTensor", "Makes a tensor (n, 3, height, width) of an image, or of several together", ImagesToTensor()),
                Kind("BoxesToCrops", "Cuts boxes out of an image", Stage(() => new BoxesToCropsStep { Output = "", Boxes = "" })
                    .Add("image", _text, s => s.Image, (s, v) => s with { Image = v }, "The image")
                    .Add("boxes", _text, s => s.Boxes, (s, v) => s with { Boxes = v }, "The boxes", required: true)),
                Kind("Threshold", "Keeps the boxes whose score is high enough", Stage(() => new ThresholdStep { Output = "", Boxes = "", Scores = "" })
                    .Add("boxes", _text, s => s.Boxes, (s, v) => s with { Boxes = v }, "The boxes", required: true)
                    .Add("scores", _text, s => s.Scores, (s, v) => s with { Scores = v }, "Their scores: a tensor (n)", required: true)
                    .Add("least", new SingleFormat(), s => s.Least, (s, v) => s with { Least = v }, "The score from which on a box is kept")),
                Kind("ArgMaxToLabel", "Names the class of the largest number of each row", Stage(() => new ArgMaxToLabelStep { Output = "", Input = "", Classes = [] })
                    .Add("input", _text, s => s.Input, (s, v) => s with { Input = v }, "The tensor (n, classes) that it reads", required: true)
                    .Add("classes", StepOptions.Names, s => s.Classes, (s, v) => s with { Classes = v }, "The names of the classes, in the order of the numbers", required: true)
                    .Add("threshold", new OptionalValueFormat<float>(new SingleFormat()), s => s.Threshold, (s, v) => s with { Threshold = v }, "The number from which on a class is named; null is any")
                    .Add("otherwise", new TextFormat(allowEmpty: true), s => s.Otherwise, (s, v) => s with { Otherwise = v }, "What rows below that are called")),
                Kind("TextMapToBoxes", "Finds lines of text in the map of a segmenting detector", Stage(() => new TextMapToBoxesStep { Output = "", Map = "" })
                    .Add("image", _text, s => s.Image, (s, v) => s with { Image = v }, "The image whose size the boxes are scaled to")
                    .Add("map", _text, s => s.Map, (s, v) => s with { Map = v }, "The map: a tensor (1, 1, height, width)", required: true)),
                Kind("TurnImages", "Turns the images of a label by half a circle", Stage(() => new TurnImagesStep { Output = "", Input = "", Labels = "" })
                    .Add("input", _text, s => s.Input, (s, v) => s with { Input = v }, "The images", required: true)
                    .Add("labels", _text, s => s.Labels, (s, v) => s with { Labels = v }, "A label for each", required: true)
                    .Add("label", _text, s => s.Label, (s, v) => s with { Label = v }, "The label of those that are turned")),
                Kind("CtcToText", "Reads the answer of a network trained with connectionist temporal classification", Stage(() => new CtcToTextStep { Output = "", Input = "", CharacterFile = "" })
                    .Add("input", _text, s => s.Input, (s, v) => s with { Input = v }, "The tensor (n, steps, characters + 1) that it reads", required: true)
                    .Add("characterFile", new PathFormat(), s => s.CharacterFile, (s, v) => s with { CharacterFile = v }, "A file with a character a line, in the order of the classes behind the blank; a space follows the last", required: true)),
            ]),
        1);

    /// <summary>The cascade of a step. A stage is called by its place in the JSON, so that what does not fit is named by it.</summary>
    /// <exception cref="FeatureTransferException">A file is missing, or a stage wants what none before it gives.</exception>
    public static Cascade Create(CascadeStep step, StepBuild build)
    {
        var image = new CascadePort(CascadeStep.Image, CascadeKind.Image);
        var made = new List<CascadeStage>();
        foreach (var stage in step.Stages)
        {
            var input = (stage as ImagesToTensorStep)?.Input ?? (stage as ExtractFeaturesStageStep)?.Input ?? (stage as ImagesToLabelsStep)?.Input;
            var isOneImage = input == image.Name || made.Any(before => before.Outputs.Any(port => port.Name == input && port.Kind == CascadeKind.Image));
            made.Add(Create(stage, StepTree.Item($"{build.Place}stages", made.Count), isOneImage ? CascadeKind.Image : CascadeKind.Images, build));
        }

        return new Cascade([image], made);
    }

    private static CascadeStage Create(CascadeStageStep stage, string name, CascadeKind images, StepBuild build) => stage switch
    {
        OnnxStageStep s => new OnnxStage(name, OnnxModel.Load(build.ResolvePath(s.ModelFile)!), s.Input, s.Output, build.Services.Device ?? s.Device),
        ImagesToTensorStep s => new ImagesToTensor(name, s.Input, s.Output, s.Options, images),
        DetectObjectsStep s => new ObjectDetector(name, Detector(s, build), s.Image, s.Output, s.Scores, s.Labels, s.Options, build.Services.Device ?? s.Device),
        ExtractFeaturesStageStep s => new FeatureStage(name, s.Input, s.Output, OptionsOf(s, build), images == CascadeKind.Image, build.Services),
        ImagesToLabelsStep s => new ImagesToLabels(name, s.Input, s.Output, build.Context.Model.LoadBundle(build.ResolvePath(s.ModelFile)!, out _, build.Services), null, images == CascadeKind.Image),
        BoxesToCropsStep s => new BoxesToCrops(name, s.Image, s.Boxes, s.Output),
        ThresholdStep s => new Threshold(name, s.Boxes, s.Scores, s.Output, s.Least),
        ArgMaxToLabelStep s => new ArgMaxToLabel(name, s.Input, s.Output, s.Classes, s.Threshold ?? float.NegativeInfinity, s.Otherwise),
        TextMapToBoxesStep s => new TextMapToBoxes(name, s.Image, s.Map, s.Output),
        TurnImagesStep s => new TurnImages(name, s.Input, s.Labels, s.Output, s.Label),
        CtcToTextStep s => new CtcToText(name, s.Input, s.Output, [.. Lines(build.ResolvePath(s.CharacterFile)!), " "]),
        _ => throw new FeatureTransferException($"The stage {stage.GetType().Name} is not in the table of stages."),
    };

    private static Backbone Detector(DetectObjectsStep step, StepBuild build)
    {
        var card = build.Services.Catalog.Get(build.ResolveBackbone(step.Backbone));
        card.CheckUsable();
        return build.Services.Backbones.Open(card, build.Services.Cancellation);
    }

    private static ExtractFeaturesOptions OptionsOf(ExtractFeaturesStageStep step, StepBuild build) => new()
    {
        Backbone = build.ResolveBackbone(step.Backbone),
        Layers = step.Layers.Count > 0 ? step.Layers : null,
        Pooling = step.Pooling,
        UnitLength = step.UnitLength,
        Device = step.Device,

        // What is between two models is seldom seen twice.
        UseCache = false,
    };

    private static string[] Lines(string file) => File.Exists(file)
        ? File.ReadAllLines(file)
        : throw new FeatureTransferException($"There is no file {file}. Expected one with a character a line.");

    private static OptionSet<ImagesToTensorStep> ImagesToTensor() => Stage(() => new ImagesToTensorStep { Output = "", Input = "" })
        .Add("input", _text, s => s.Input, (s, v) => s with { Input = v }, "The image or images that it reads", required: true)
        .Add("height", _size, s => s.Options.Height, (s, v) => With(s, o => o with { Height = v }), "The height in pixels; null is the image's own")
        .Add("width", _size, s => s.Options.Width, (s, v) => With(s, o => o with { Width = v }), "The width in pixels; null is what the height makes of it")
        .Add("keepsRatio", StepOptions.Boolean, s => s.Options.KeepsRatio, (s, v) => With(s, o => o with { KeepsRatio = v }), "Whether an image keeps its ratio where the width is set: it is then cut off, or padded, on the right")
        .Add("multiple", StepOptions.Count, s => s.Options.Multiple, (s, v) => With(s, o => o with { Multiple = v }), "Sizes that are left open are rounded to a multiple of this")
        .Add("mean", _channels, s => s.Options.Mean, (s, v) => With(s, o => o with { Mean = v }), "What is taken from red, green and blue, which lie between 0 and 1")
        .Add("standardDeviation", _channels, s => s.Options.StandardDeviation, (s, v) => With(s, o => o with { StandardDeviation = v }), "What red, green and blue are then divided by");

    private static OptionSet<DetectObjectsStep> DetectObjects() => Stage(() => new DetectObjectsStep { Output = "", Backbone = "" })
        .Add("backbone", _text, s => s.Backbone, (s, v) => s with { Backbone = v }, "The detector, such as centernet.human_models: an id of the catalogue (ft models list), or the path of a card", required: true)
        .Add("image", _text, s => s.Image, (s, v) => s with { Image = v }, "The image")
        .Add("scores", _text, s => s.Scores, (s, v) => s with { Scores = v }, "The name of the scores: a tensor (n) of 0 to 1")
        .Add("labels", _text, s => s.Labels, (s, v) => s with { Labels = v }, "The name of the labels: texts")
        .Add("minScore", _share, s => s.Options.MinScore, (s, v) => With(s, o => o with { MinScore = v }), "The score from which on an object is given")
        .Add("maxOverlap", _share, s => s.Options.MaxOverlap, (s, v) => With(s, o => o with { MaxOverlap = v }), "The overlap with a box of a higher score, intersection over union, above which a box is left out")
        .Add("suppressesAcrossLabels", StepOptions.Boolean, s => s.Options.SuppressesAcrossLabels, (s, v) => With(s, o => o with { SuppressesAcrossLabels = v }), "Whether boxes of other labels leave a box out too")
        .Add("maxObjects", StepOptions.Count, s => s.Options.MaxObjects, (s, v) => With(s, o => o with { MaxObjects = v }), "The most objects of an image, those of the highest scores")
        .Add("only", new ListFormat<string>(_text), s => s.Options.Labels, (s, v) => With(s, o => o with { Labels = v }), "The labels that are given; empty: all")
        .Add("device", DeviceFormat.Instance, s => s.Device, (s, v) => s with { Device = v }, "What it runs on");

    private static OptionSet<ExtractFeaturesStageStep> ExtractFeatures() => Stage(() => new ExtractFeaturesStageStep { Output = "", Input = "", Backbone = "" })
        .Add("input", _text, s => s.Input, (s, v) => s with { Input = v }, "The image, images or texts that it reads", required: true)
        .Add("backbone", _text, s => s.Backbone, (s, v) => s with { Backbone = v }, "An id of the catalogue (ft models list), or the path of a card or an ONNX file", required: true)
        .Add("layers", new ListFormat<string>(_text), s => s.Layers, (s, v) => s with { Layers = v }, "The layers to tap, aliases or tensors; empty is the card's default")
        .Add("pooling", new OptionalValueFormat<Pooling>(new EnumFormat<Pooling>()), s => s.Pooling, (s, v) => s with { Pooling = v }, "How a layer becomes a vector; null is the card's default")
        .Add("unitLength", StepOptions.Boolean, s => s.UnitLength, (s, v) => s with { UnitLength = v }, "Whether each layer's vector is divided by its length")
        .Add("device", DeviceFormat.Instance, s => s.Device, (s, v) => s with { Device = v }, "What it runs on");

    private static DetectObjectsStep With(DetectObjectsStep step, Func<ObjectDetectorOptions, ObjectDetectorOptions> change) => step with { Options = change(step.Options) };

    private static ImagesToTensorStep With(ImagesToTensorStep step, Func<ImagesToTensorOptions, ImagesToTensorOptions> change) => step with { Options = change(step.Options) };

    private static OptionSet<T> Stage<T>(Func<T> create)
        where T : CascadeStageStep => new OptionSet<T>(create)
        .Add("output", _text, s => s.Output, (s, v) => s with { Output = v }, "The name of the value that it gives", required: true);

    private static UnionCase<CascadeStageStep, T> Kind<T>(string name, string summary, OptionSet<T> options)
        where T : CascadeStageStep => new(name, summary, options);
}
