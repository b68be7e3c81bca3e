using FeatureTransfer.Cascades;
using FeatureTransfer.Devices;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A stage of a <see cref="CascadeStep" />.</summary>
public abstract record CascadeStageStep
{
    private protected CascadeStageStep()
    {
    }

    /// <summary>The name of the value that it gives.</summary>
    public required string Output { get; init; }
}

/// <summary>Runs an ONNX model of one input.</summary>
public sealed record OnnxStageStep : CascadeStageStep
{
    /// <summary>The model, relative to the pipeline's file.</summary>
    public required string ModelFile { get; init; }

    /// <summary>The tensor that it reads.</summary>
    public required string Input { get; init; }

    /// <summary>What it runs on. Default <see cref="Device.Auto" />.</summary>
    public Device Device { get; init; } = Device.Auto;
}

/// <summary>Makes a tensor of an image, or of several together.</summary>
public sealed record ImagesToTensorStep : CascadeStageStep
{
    /// <summary>The image or images that it reads.</summary>
    public required string Input { get; init; }

    /// <summary>How. In JSON its members stand beside <c>type</c>.</summary>
    public ImagesToTensorOptions Options { get; init; } = new();
}

/// <summary>Cuts boxes out of an image.</summary>
public sealed record BoxesToCropsStep : CascadeStageStep
{
    /// <summary>The image. Default the cascade's own.</summary>
    public string Image { get; init; } = CascadeStep.Image;

    /// <summary>The boxes.</summary>
    public required string Boxes { get; init; }
}

/// <summary>Keeps the boxes whose score is high enough.</summary>
public sealed record ThresholdStep : CascadeStageStep
{
    /// <summary>The boxes.</summary>
    public required string Boxes { get; init; }

    /// <summary>Their scores: a tensor (n).</summary>
    public required string Scores { get; init; }

    /// <summary>The score from which on a box is kept. Default 0.5.</summary>
    public float Least { get; init; } = 0.5f;
}

/// <summary>Names the class of the largest number of each row.</summary>
public sealed record ArgMaxToLabelStep : CascadeStageStep
{
    /// <summary>The tensor (n, classes) that it reads.</summary>
    public required string Input { get; init; }

    /// <summary>The names of the classes, in the order of the numbers.</summary>
    public required ValueList<string> Classes { get; init; }

    /// <summary>The number from which on a class is named; null, the default, is any.</summary>
    public float? Threshold { get; init; }

    /// <summary>What rows below that are called. Default empty.</summary>
    public string Otherwise { get; init; } = "";
}

/// <summary>Finds lines of text in the map of a segmenting detector.</summary>
public sealed record TextMapToBoxesStep : CascadeStageStep
{
    /// <summary>The image whose size the boxes are scaled to. Default the cascade's own.</summary>
    public string Image { get; init; } = CascadeStep.Image;

    /// <summary>The map: a tensor (1, 1, height, width).</summary>
    public required string Map { get; init; }
}

/// <summary>Turns the images of a label by half a circle.</summary>
public sealed record TurnImagesStep : CascadeStageStep
{
    /// <summary>The images.</summary>
    public required string Input { get; init; }

    /// <summary>A label for each.</summary>
    public required string Labels { get; init; }

    /// <summary>The label of those that are turned. Default <c>180</c>.</summary>
    public string Label { get; init; } = "180";
}

/// <summary>Reads the answer of a network trained with connectionist temporal classification.</summary>
public sealed record CtcToTextStep : CascadeStageStep
{
    /// <summary>The tensor (n, steps, characters + 1) that it reads.</summary>
    public required string Input { get; init; }

    /// <summary>A file with a character a line, in the order of the classes behind the blank, relative to the pipeline's file; a space follows the last.</summary>
    public required string CharacterFile { get; init; }
}

/// <summary>Finds objects in an image.</summary>
public sealed record DetectObjectsStep : CascadeStageStep
{
    /// <summary>The detector: an id of the catalogue, or the path of a card. <see cref="CascadeStageStep.Output"/> are the boxes.</summary>
    public required string Backbone { get; init; }

    /// <summary>The image. Default the cascade's own.</summary>
    public string Image { get; init; } = CascadeStep.Image;

    /// <summary>The name of the scores: a tensor (n). Default <c>scores</c>.</summary>
    public string Scores { get; init; } = "scores";

    /// <summary>The name of the labels. Default <c>objects</c>.</summary>
    public string Labels { get; init; } = "objects";

    /// <summary>Which objects are given. In JSON its members stand beside <c>type</c>, its labels as <c>only</c>.</summary>
    public ObjectDetectorOptions Options { get; init; } = new();

    /// <summary>What it runs on. Default <see cref="Device.Auto" />.</summary>
    public Device Device { get; init; } = Device.Auto;
}

/// <summary>Has a model file name images, crops of a detector for example.</summary>
public sealed record ImagesToLabelsStep : CascadeStageStep
{
    /// <summary>The images.</summary>
    public required string Input { get; init; }

    /// <summary>The model file, which classifies images, relative to the pipeline's file.</summary>
    public required string ModelFile { get; init; }
}

/// <summary>Features of a frozen backbone: of images, or of texts.</summary>
public sealed record ExtractFeaturesStageStep : CascadeStageStep
{
    /// <summary>The image, images or texts that it reads.</summary>
    public required string Input { get; init; }

    /// <summary>The backbone: an id of the catalogue, or the path of a card or an ONNX file.</summary>
    public required string Backbone { get; init; }

    /// <summary>The layers to tap; empty, the default, is the card's.</summary>
    public ValueList<string> Layers { get; init; } = [];

    /// <summary>How a layer becomes a vector; null, the default, is the card's.</summary>
    public Pooling? Pooling { get; init; }

    /// <summary>Whether each layer's vector is divided by its length. Default false.</summary>
    public bool UnitLength { get; init; }

    /// <summary>What it runs on. Default <see cref="Device.Auto" />.</summary>
    public Device Device { get; init; } = Device.Auto;
}
