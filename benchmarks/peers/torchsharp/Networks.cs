using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharpPeer;

/// <summary>The networks of the benchmark, in the part that is frozen and the part that learns.</summary>
internal static class Networks
{
    /// <summary>A network by name: such as mobilenet_v2, resnet_50 or minilm for the end of it, with -all behind for all layers.</summary>
    public static (Module<Tensor, Tensor>? Frozen, Module<Tensor, Tensor> Learning) Of(string name, int classes) => name switch
    {
        "mobilenet_v2" => MobileNet(classes, 15),
        "mobilenet_v2-all" => MobileNet(classes, 0),
        "resnet_18" => ResNet(torchvision.models.resnet18(), 512, classes, 3),
        "resnet_18-all" => ResNet(torchvision.models.resnet18(), 512, classes, 0),
        "resnet_50" => ResNet(torchvision.models.resnet50(), 2048, classes, 3),
        "minilm" => TextEncoder.Of(classes, 4),
        "minilm-all" => TextEncoder.Of(classes, 0),
        _ => throw new ArgumentException($"The network '{name}' is not known.", nameof(name)),
    };

    private static (Module<Tensor, Tensor>? Frozen, Module<Tensor, Tensor> Learning) MobileNet(int classes, int frozen)
    {
        var features = (Module<Tensor, Tensor>)torchvision.models.mobilenet_v2().named_children().First(child => child.name == "features").module;
        var blocks = features.children().Cast<Module<Tensor, Tensor>>().ToList();
        return (frozen == 0 ? null : Sequential(blocks[..frozen]), Sequential([.. blocks[frozen..], .. Head(1280, classes)]));
    }

    // The stem (four modules), then a list of blocks a stage.
    private static (Module<Tensor, Tensor>? Frozen, Module<Tensor, Tensor> Learning) ResNet(Module network, int width, int classes, int frozenStages)
    {
        var children = network.named_children().ToDictionary(child => child.name, child => child.module);
        var stages = Enumerable.Range(1, 4).Select(stage => (Module<Tensor, Tensor>)children[$"layer{stage}"]).ToList();
        List<Module<Tensor, Tensor>> stem = [(Module<Tensor, Tensor>)children["conv1"], (Module<Tensor, Tensor>)children["bn1"], ReLU(), MaxPool2d(3, 2, 1)];
        return frozenStages == 0
            ? (null, Sequential([.. stem, .. stages, .. Head(width, classes)]))
            : (Sequential([.. stem, .. stages[..frozenStages]]), Sequential([.. stages[frozenStages..], .. Head(width, classes)]));
    }

    private static Module<Tensor, Tensor>[] Head(int width, int classes) => [AdaptiveAvgPool2d(1), Flatten(), Linear(width, classes)];
}
