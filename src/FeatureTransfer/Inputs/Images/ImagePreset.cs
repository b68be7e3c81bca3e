namespace FeatureTransfer.Inputs.Images;

/// <summary>How pretrained networks commonly want their pixels, to choose by name.</summary>
public enum ImagePreset
{
    /// <summary>RGB, 0 to 1, less ImageNet's mean, by its standard deviation: torchvision, most of timm.</summary>
    ImageNet,

    /// <summary>RGB, 0 to 1: TensorFlow Hub, and networks that normalize in the graph.</summary>
    ZeroOne,

    /// <summary>RGB, -1 to 1: MobileNet, Inception and Xception of Keras, the original ViT weights.</summary>
    MinusOneOne,

    /// <summary>RGB, 0 to 1, less CLIP's mean, by its standard deviation: CLIP and OpenCLIP.</summary>
    Clip,

    /// <summary>BGR, 0 to 255, less ImageNet's mean: VGG and ResNet of Keras, Caffe.</summary>
    Caffe,

    /// <summary>RGB, 0 to 255: EfficientNet, MobileNetV3 and ConvNeXt of Keras, which scale in the graph.</summary>
    Zero255,
}
