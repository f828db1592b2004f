import os


class PreTrainedModel:
    def save_pretrained(self, save_directory):
        os.makedirs(save_directory, exist_ok=True)
        with open(os.path.join(save_directory, "config.json"), "w") as file:
            file.write("{}")

    @classmethod
    def from_pretrained(cls, path):
        with open(os.path.join(path, "config.json")):
            return cls()
