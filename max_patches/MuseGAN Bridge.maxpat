{
	"patcher": {
		"fileversion": 1,
		"appversion": {
			"major": 8,
			"minor": 6,
			"revision": 5,
			"architecture": "x64",
			"modernui": 1
		},
		"classnamespace": "box",
		"rect": [
			60,
			100,
			1280,
			800
		],
		"gridsize": [
			8.0,
			8.0
		],
		"openinpresentation": 1,
		"parameters": {
			"obj-3": [
				"Server Heard",
				"Heard",
				0
			],
			"obj-6": [
				"Track",
				"Track",
				0
			],
			"obj-7": [
				"Follow",
				"Follow",
				0
			],
			"obj-8": [
				"Stop Band",
				"Stop",
				0
			],
			"obj-9": [
				"Play Band",
				"Play",
				0
			],
			"obj-10": [
				"Panic",
				"Panic",
				0
			],
			"obj-11": [
				"New Phrase",
				"Phrase",
				0
			],
			"obj-13": [
				"Server Port",
				"Server",
				0
			],
			"obj-15": [
				"Own Port",
				"Own",
				0
			],
			"obj-35": [
				"Run Transport",
				"Run",
				0
			],
			"obj-37": [
				"Tempo",
				"Tempo",
				0
			],
			"parameterbanks": {
				"0": {
					"index": 0,
					"name": "",
					"parameters": [
						"Track",
						"Follow",
						"-",
						"-",
						"-",
						"-",
						"-",
						"-"
					]
				}
			},
			"inherited_shortname": 1
		},
		"dependency_cache": [],
		"boxes": [
			{
				"box": {
					"id": "obj-1",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"outlettype": [],
					"patching_rect": [
						240,
						20,
						546,
						22
					],
					"text": "Built by max_patches/build.py: a change made here is lost at the next build."
				}
			},
			{
				"box": {
					"id": "obj-2",
					"maxclass": "live.comment",
					"numinlets": 1,
					"numoutlets": 0,
					"outlettype": [],
					"patching_rect": [
						20,
						20,
						120,
						18
					],
					"text": "MuseGAN Bridge",
					"textjustification": 0,
					"presentation": 1,
					"presentation_rect": [
						8,
						4,
						120,
						18
					]
				}
			},
			{
				"box": {
					"id": "obj-3",
					"maxclass": "live.text",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						""
					],
					"patching_rect": [
						1000,
						300,
						92,
						16
					],
					"mode": 1,
					"ignoreclick": 1,
					"text": "no server",
					"texton": "connected",
					"parameter_enable": 1,
					"varname": "Server Heard",
					"annotation": "On while the server answers.",
					"annotation_name": "Server Heard",
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "Server Heard",
							"parameter_shortname": "Heard",
							"parameter_annotation_name": "Server Heard",
							"parameter_info": "On while the server answers.",
							"parameter_invisible": 2,
							"parameter_initial_enable": 0,
							"parameter_initial": [
								0
							],
							"parameter_modmode": 0,
							"parameter_type": 2,
							"parameter_enum": [
								"off",
								"on"
							],
							"parameter_mmax": 1,
							"parameter_unitstyle": 9
						}
					},
					"presentation": 1,
					"presentation_rect": [
						180,
						6,
						92,
						16
					]
				}
			},
			{
				"box": {
					"id": "obj-4",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"outlettype": [],
					"patching_rect": [
						640,
						420,
						264,
						20
					],
					"text": "",
					"fontsize": 10.0,
					"presentation": 1,
					"presentation_rect": [
						8,
						142,
						264,
						20
					]
				}
			},
			{
				"box": {
					"id": "obj-5",
					"maxclass": "live.comment",
					"numinlets": 1,
					"numoutlets": 0,
					"outlettype": [],
					"patching_rect": [
						20,
						60,
						60,
						18
					],
					"text": "Track",
					"textjustification": 0,
					"presentation": 1,
					"presentation_rect": [
						8,
						30,
						60,
						18
					]
				}
			},
			{
				"box": {
					"id": "obj-6",
					"maxclass": "live.menu",
					"numinlets": 1,
					"numoutlets": 3,
					"outlettype": [
						"",
						"",
						"float"
					],
					"patching_rect": [
						20,
						90,
						80,
						18
					],
					"parameter_enable": 1,
					"varname": "Track",
					"annotation": "The player of the band that this device is.",
					"annotation_name": "Track",
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "Track",
							"parameter_shortname": "Track",
							"parameter_annotation_name": "Track",
							"parameter_info": "The player of the band that this device is.",
							"parameter_invisible": 0,
							"parameter_initial_enable": 1,
							"parameter_initial": [
								0
							],
							"parameter_modmode": 0,
							"parameter_type": 2,
							"parameter_enum": [
								"bass",
								"drums",
								"guitar",
								"piano",
								"strings"
							],
							"parameter_mmax": 4,
							"parameter_unitstyle": 9
						}
					},
					"presentation": 1,
					"presentation_rect": [
						8,
						48,
						80,
						18
					]
				}
			},
			{
				"box": {
					"id": "obj-7",
					"maxclass": "live.text",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						""
					],
					"patching_rect": [
						1100,
						90,
						80,
						18
					],
					"mode": 1,
					"text": "Follow",
					"texton": "Follow",
					"parameter_enable": 1,
					"varname": "Follow",
					"annotation": "You play this track: the band leaves it to you and follows your notes.",
					"annotation_name": "Follow",
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "Follow",
							"parameter_shortname": "Follow",
							"parameter_annotation_name": "Follow",
							"parameter_info": "You play this track: the band leaves it to you and follows your notes.",
							"parameter_invisible": 0,
							"parameter_initial_enable": 1,
							"parameter_initial": [
								0
							],
							"parameter_modmode": 0,
							"parameter_type": 2,
							"parameter_enum": [
								"off",
								"on"
							],
							"parameter_mmax": 1,
							"parameter_unitstyle": 9
						}
					},
					"presentation": 1,
					"presentation_rect": [
						96,
						48,
						80,
						18
					]
				}
			},
			{
				"box": {
					"id": "obj-8",
					"maxclass": "live.text",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						""
					],
					"patching_rect": [
						240,
						90,
						62,
						20
					],
					"mode": 0,
					"text": "Stop",
					"texton": "Stop",
					"parameter_enable": 1,
					"varname": "Stop Band",
					"annotation": "Stop the band.",
					"annotation_name": "Stop Band",
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "Stop Band",
							"parameter_shortname": "Stop",
							"parameter_annotation_name": "Stop Band",
							"parameter_info": "Stop the band.",
							"parameter_invisible": 2,
							"parameter_initial_enable": 0,
							"parameter_initial": [
								0
							],
							"parameter_modmode": 0,
							"parameter_type": 2,
							"parameter_enum": [
								"off",
								"on"
							],
							"parameter_mmax": 1,
							"parameter_unitstyle": 9
						}
					},
					"presentation": 1,
					"presentation_rect": [
						76,
						76,
						62,
						20
					]
				}
			},
			{
				"box": {
					"id": "obj-9",
					"maxclass": "live.text",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						""
					],
					"patching_rect": [
						350,
						90,
						62,
						20
					],
					"mode": 0,
					"text": "Play",
					"texton": "Play",
					"parameter_enable": 1,
					"varname": "Play Band",
					"annotation": "Start the band with a new phrase.",
					"annotation_name": "Play Band",
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "Play Band",
							"parameter_shortname": "Play",
							"parameter_annotation_name": "Play Band",
							"parameter_info": "Start the band with a new phrase.",
							"parameter_invisible": 2,
							"parameter_initial_enable": 0,
							"parameter_initial": [
								0
							],
							"parameter_modmode": 0,
							"parameter_type": 2,
							"parameter_enum": [
								"off",
								"on"
							],
							"parameter_mmax": 1,
							"parameter_unitstyle": 9
						}
					},
					"presentation": 1,
					"presentation_rect": [
						8,
						76,
						62,
						20
					]
				}
			},
			{
				"box": {
					"id": "obj-10",
					"maxclass": "live.text",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						""
					],
					"patching_rect": [
						460,
						90,
						62,
						20
					],
					"mode": 0,
					"text": "Panic",
					"texton": "Panic",
					"parameter_enable": 1,
					"varname": "Panic",
					"annotation": "Silence everything now, and stop the band.",
					"annotation_name": "Panic",
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "Panic",
							"parameter_shortname": "Panic",
							"parameter_annotation_name": "Panic",
							"parameter_info": "Silence everything now, and stop the band.",
							"parameter_invisible": 2,
							"parameter_initial_enable": 0,
							"parameter_initial": [
								0
							],
							"parameter_modmode": 0,
							"parameter_type": 2,
							"parameter_enum": [
								"off",
								"on"
							],
							"parameter_mmax": 1,
							"parameter_unitstyle": 9
						}
					},
					"presentation": 1,
					"presentation_rect": [
						210,
						76,
						62,
						20
					]
				}
			},
			{
				"box": {
					"id": "obj-11",
					"maxclass": "live.text",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						""
					],
					"patching_rect": [
						570,
						90,
						62,
						20
					],
					"mode": 0,
					"text": "Phrase",
					"texton": "Phrase",
					"parameter_enable": 1,
					"varname": "New Phrase",
					"annotation": "Begin a new phrase at the next bar that is not planned.",
					"annotation_name": "New Phrase",
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "New Phrase",
							"parameter_shortname": "Phrase",
							"parameter_annotation_name": "New Phrase",
							"parameter_info": "Begin a new phrase at the next bar that is not planned.",
							"parameter_invisible": 2,
							"parameter_initial_enable": 0,
							"parameter_initial": [
								0
							],
							"parameter_modmode": 0,
							"parameter_type": 2,
							"parameter_enum": [
								"off",
								"on"
							],
							"parameter_mmax": 1,
							"parameter_unitstyle": 9
						}
					},
					"presentation": 1,
					"presentation_rect": [
						143,
						76,
						62,
						20
					]
				}
			},
			{
				"box": {
					"id": "obj-12",
					"maxclass": "live.comment",
					"numinlets": 1,
					"numoutlets": 0,
					"outlettype": [],
					"patching_rect": [
						700,
						60,
						80,
						18
					],
					"text": "Server port",
					"textjustification": 0,
					"presentation": 1,
					"presentation_rect": [
						8,
						104,
						80,
						18
					]
				}
			},
			{
				"box": {
					"id": "obj-13",
					"maxclass": "live.numbox",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						"float"
					],
					"patching_rect": [
						700,
						90,
						62,
						16
					],
					"parameter_enable": 1,
					"varname": "Server Port",
					"annotation": "UDP port that the server listens on.",
					"annotation_name": "Server Port",
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "Server Port",
							"parameter_shortname": "Server",
							"parameter_annotation_name": "Server Port",
							"parameter_info": "UDP port that the server listens on.",
							"parameter_invisible": 1,
							"parameter_initial_enable": 1,
							"parameter_initial": [
								57120
							],
							"parameter_modmode": 0,
							"parameter_type": 0,
							"parameter_mmin": 1024,
							"parameter_mmax": 65535,
							"parameter_unitstyle": 0
						}
					},
					"presentation": 1,
					"presentation_rect": [
						8,
						122,
						62,
						16
					]
				}
			},
			{
				"box": {
					"id": "obj-14",
					"maxclass": "live.comment",
					"numinlets": 1,
					"numoutlets": 0,
					"outlettype": [],
					"patching_rect": [
						800,
						60,
						80,
						18
					],
					"text": "Own port",
					"textjustification": 0,
					"presentation": 1,
					"presentation_rect": [
						96,
						104,
						80,
						18
					]
				}
			},
			{
				"box": {
					"id": "obj-15",
					"maxclass": "live.numbox",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						"float"
					],
					"patching_rect": [
						800,
						90,
						62,
						16
					],
					"parameter_enable": 1,
					"varname": "Own Port",
					"annotation": "UDP port that this device listens on. Each device needs one of its own.",
					"annotation_name": "Own Port",
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "Own Port",
							"parameter_shortname": "Own",
							"parameter_annotation_name": "Own Port",
							"parameter_info": "UDP port that this device listens on. Each device needs one of its own.",
							"parameter_invisible": 1,
							"parameter_initial_enable": 1,
							"parameter_initial": [
								7401
							],
							"parameter_modmode": 0,
							"parameter_type": 0,
							"parameter_mmin": 1024,
							"parameter_mmax": 65535,
							"parameter_unitstyle": 0
						}
					},
					"presentation": 1,
					"presentation_rect": [
						96,
						122,
						62,
						16
					]
				}
			},
			{
				"box": {
					"id": "obj-16",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"outlettype": [
						""
					],
					"patching_rect": [
						20,
						240,
						119,
						22
					],
					"text": "udpreceive 7401"
				}
			},
			{
				"box": {
					"id": "obj-17",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 0,
					"outlettype": [],
					"patching_rect": [
						700,
						560,
						175,
						22
					],
					"text": "udpsend 127.0.0.1 57120"
				}
			},
			{
				"box": {
					"id": "obj-18",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						"bang"
					],
					"patching_rect": [
						20,
						280,
						49,
						22
					],
					"text": "t l b"
				}
			},
			{
				"box": {
					"id": "obj-19",
					"maxclass": "newobj",
					"numinlets": 7,
					"numoutlets": 7,
					"outlettype": [
						"",
						"",
						"",
						"",
						"",
						"",
						""
					],
					"patching_rect": [
						20,
						340,
						833,
						22
					],
					"text": "route /musegan/bar/begin /musegan/bar/notes /musegan/bar/end /musegan/silence /musegan/error /musegan/subscribe/reply"
				}
			},
			{
				"box": {
					"id": "obj-20",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"outlettype": [
						""
					],
					"patching_rect": [
						1000,
						240,
						63,
						22
					],
					"text": "p Light",
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 5,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100,
							100,
							900,
							700
						],
						"gridsize": [
							8.0,
							8.0
						],
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										20,
										30,
										22
									],
									"comment": "bang: the server was heard",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										20,
										220,
										30,
										22
									],
									"comment": "to the light",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 2,
									"outlettype": [
										"bang",
										"bang"
									],
									"patching_rect": [
										20,
										60,
										49,
										22
									],
									"text": "t b b"
								}
							},
							{
								"box": {
									"id": "obj-4",
									"maxclass": "newobj",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										"bang"
									],
									"patching_rect": [
										120,
										100,
										91,
										22
									],
									"text": "delay 12500"
								}
							},
							{
								"box": {
									"id": "obj-5",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										120,
										160,
										49,
										22
									],
									"text": "set 0"
								}
							},
							{
								"box": {
									"id": "obj-6",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										160,
										49,
										22
									],
									"text": "set 1"
								}
							}
						],
						"lines": [
							{
								"patchline": {
									"source": [
										"obj-1",
										0
									],
									"destination": [
										"obj-3",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-3",
										1
									],
									"destination": [
										"obj-4",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-4",
										0
									],
									"destination": [
										"obj-5",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-5",
										0
									],
									"destination": [
										"obj-2",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-3",
										0
									],
									"destination": [
										"obj-6",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-6",
										0
									],
									"destination": [
										"obj-2",
										0
									]
								}
							}
						]
					}
				}
			},
			{
				"box": {
					"id": "obj-21",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"outlettype": [
						""
					],
					"patching_rect": [
						640,
						380,
						91,
						22
					],
					"text": "prepend set"
				}
			},
			{
				"box": {
					"id": "obj-22",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"outlettype": [
						""
					],
					"patching_rect": [
						760,
						380,
						35,
						22
					],
					"text": "set"
				}
			},
			{
				"box": {
					"id": "obj-23",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"outlettype": [
						"bang"
					],
					"patching_rect": [
						400,
						380,
						35,
						22
					],
					"text": "t b"
				}
			},
			{
				"box": {
					"id": "obj-24",
					"maxclass": "newobj",
					"numinlets": 5,
					"numoutlets": 2,
					"outlettype": [
						"",
						""
					],
					"patching_rect": [
						20,
						440,
						70,
						22
					],
					"text": "p Player",
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 5,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100,
							100,
							900,
							700
						],
						"gridsize": [
							8.0,
							8.0
						],
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										20,
										30,
										22
									],
									"comment": "bar/begin",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										140,
										20,
										30,
										22
									],
									"comment": "bar/notes",
									"index": 2
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										260,
										20,
										30,
										22
									],
									"comment": "bar/end",
									"index": 3
								}
							},
							{
								"box": {
									"id": "obj-4",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										380,
										20,
										30,
										22
									],
									"comment": "track: 0..4",
									"index": 4
								}
							},
							{
								"box": {
									"id": "obj-5",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										500,
										20,
										30,
										22
									],
									"comment": "bang: end every note, forget every bar",
									"index": 5
								}
							},
							{
								"box": {
									"id": "obj-6",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										20,
										420,
										30,
										22
									],
									"comment": "pitch",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-7",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										140,
										420,
										30,
										22
									],
									"comment": "velocity; 0: note off",
									"index": 2
								}
							},
							{
								"box": {
									"id": "obj-8",
									"maxclass": "newobj",
									"numinlets": 4,
									"numoutlets": 3,
									"outlettype": [
										"",
										"",
										""
									],
									"patching_rect": [
										20,
										100,
										84,
										22
									],
									"text": "p StoreBar",
									"patcher": {
										"fileversion": 1,
										"appversion": {
											"major": 8,
											"minor": 6,
											"revision": 5,
											"architecture": "x64",
											"modernui": 1
										},
										"classnamespace": "box",
										"rect": [
											100,
											100,
											900,
											700
										],
										"gridsize": [
											8.0,
											8.0
										],
										"boxes": [
											{
												"box": {
													"id": "obj-1",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														20,
														20,
														30,
														22
													],
													"comment": "bar/begin: bar measure ...",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-2",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														250,
														20,
														30,
														22
													],
													"comment": "bar/notes: bar track part (position pitch velocity duration)*",
													"index": 2
												}
											},
											{
												"box": {
													"id": "obj-3",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														650,
														20,
														30,
														22
													],
													"comment": "bar/end: bar notes",
													"index": 3
												}
											},
											{
												"box": {
													"id": "obj-4",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														850,
														20,
														30,
														22
													],
													"comment": "track: 0..4",
													"index": 4
												}
											},
											{
												"box": {
													"id": "obj-5",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														20,
														660,
														30,
														22
													],
													"comment": "slot to write, 1..4",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-6",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														250,
														660,
														30,
														22
													],
													"comment": "clear, or merge step pitch velocity ticks",
													"index": 2
												}
											},
											{
												"box": {
													"id": "obj-7",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														650,
														660,
														30,
														22
													],
													"comment": "number of a bar that is complete",
													"index": 3
												}
											},
											{
												"box": {
													"id": "obj-8",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 1,
													"outlettype": [
														"int"
													],
													"patching_rect": [
														20,
														60,
														70,
														22
													],
													"text": "unpack 0"
												}
											},
											{
												"box": {
													"id": "obj-9",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 4,
													"outlettype": [
														"bang",
														"int",
														"int",
														"int"
													],
													"patching_rect": [
														20,
														100,
														77,
														22
													],
													"text": "t b i i i"
												}
											},
											{
												"box": {
													"id": "obj-10",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"int"
													],
													"patching_rect": [
														250,
														140,
														49,
														22
													],
													"text": "== -1"
												}
											},
											{
												"box": {
													"id": "obj-11",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"int"
													],
													"patching_rect": [
														650,
														140,
														49,
														22
													],
													"text": "== -1"
												}
											},
											{
												"box": {
													"id": "obj-12",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"int"
													],
													"patching_rect": [
														100,
														180,
														35,
														22
													],
													"text": "% 4"
												}
											},
											{
												"box": {
													"id": "obj-13",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														100,
														220,
														35,
														22
													],
													"text": "+ 1"
												}
											},
											{
												"box": {
													"id": "obj-14",
													"maxclass": "message",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														20,
														620,
														49,
														22
													],
													"text": "clear"
												}
											},
											{
												"box": {
													"id": "obj-15",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 2,
													"outlettype": [
														"",
														""
													],
													"patching_rect": [
														250,
														60,
														49,
														22
													],
													"text": "t l l"
												}
											},
											{
												"box": {
													"id": "obj-16",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														250,
														180,
														42,
														22
													],
													"text": "gate"
												}
											},
											{
												"box": {
													"id": "obj-17",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 1,
													"outlettype": [
														"int"
													],
													"patching_rect": [
														310,
														100,
														70,
														22
													],
													"text": "unpack 0"
												}
											},
											{
												"box": {
													"id": "obj-18",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 2,
													"outlettype": [
														"",
														""
													],
													"patching_rect": [
														250,
														220,
														84,
														22
													],
													"text": "zl slice 1"
												}
											},
											{
												"box": {
													"id": "obj-19",
													"maxclass": "newobj",
													"numinlets": 6,
													"numoutlets": 6,
													"outlettype": [
														"",
														"",
														"",
														"",
														"",
														""
													],
													"patching_rect": [
														250,
														260,
														273,
														22
													],
													"text": "route bass drums guitar piano strings"
												}
											},
											{
												"box": {
													"id": "obj-20",
													"maxclass": "newobj",
													"numinlets": 6,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														250,
														300,
														84,
														22
													],
													"text": "switch 5 1"
												}
											},
											{
												"box": {
													"id": "obj-21",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														850,
														60,
														35,
														22
													],
													"text": "+ 1"
												}
											},
											{
												"box": {
													"id": "obj-22",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 2,
													"outlettype": [
														"",
														""
													],
													"patching_rect": [
														250,
														340,
														84,
														22
													],
													"text": "zl slice 1"
												}
											},
											{
												"box": {
													"id": "obj-23",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 2,
													"outlettype": [
														"",
														""
													],
													"patching_rect": [
														250,
														380,
														77,
														22
													],
													"text": "zl iter 4"
												}
											},
											{
												"box": {
													"id": "obj-24",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 4,
													"outlettype": [
														"float",
														"int",
														"int",
														"float"
													],
													"patching_rect": [
														250,
														420,
														126,
														22
													],
													"text": "unpack 0. 0 0 0."
												}
											},
											{
												"box": {
													"id": "obj-25",
													"maxclass": "newobj",
													"numinlets": 4,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														250,
														540,
														98,
														22
													],
													"text": "pack 0 0 0 0"
												}
											},
											{
												"box": {
													"id": "obj-26",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														480,
														480,
														133,
														22
													],
													"text": "expr $f1*480.+0.5"
												}
											},
											{
												"box": {
													"id": "obj-27",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														250,
														480,
														126,
														22
													],
													"text": "expr $f1*48.+0.5"
												}
											},
											{
												"box": {
													"id": "obj-28",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														250,
														580,
														105,
														22
													],
													"text": "prepend merge"
												}
											},
											{
												"box": {
													"id": "obj-29",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 1,
													"outlettype": [
														"int"
													],
													"patching_rect": [
														650,
														60,
														70,
														22
													],
													"text": "unpack 0"
												}
											},
											{
												"box": {
													"id": "obj-30",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 2,
													"outlettype": [
														"int",
														"int"
													],
													"patching_rect": [
														650,
														100,
														49,
														22
													],
													"text": "t i i"
												}
											},
											{
												"box": {
													"id": "obj-31",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														650,
														180,
														42,
														22
													],
													"text": "gate"
												}
											}
										],
										"lines": [
											{
												"patchline": {
													"source": [
														"obj-1",
														0
													],
													"destination": [
														"obj-8",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-8",
														0
													],
													"destination": [
														"obj-9",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-9",
														3
													],
													"destination": [
														"obj-11",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-9",
														2
													],
													"destination": [
														"obj-10",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-9",
														1
													],
													"destination": [
														"obj-12",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-12",
														0
													],
													"destination": [
														"obj-13",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-13",
														0
													],
													"destination": [
														"obj-5",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-9",
														0
													],
													"destination": [
														"obj-14",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-14",
														0
													],
													"destination": [
														"obj-6",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-2",
														0
													],
													"destination": [
														"obj-15",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-15",
														1
													],
													"destination": [
														"obj-17",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-17",
														0
													],
													"destination": [
														"obj-10",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-10",
														0
													],
													"destination": [
														"obj-16",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-15",
														0
													],
													"destination": [
														"obj-16",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-16",
														0
													],
													"destination": [
														"obj-18",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-18",
														1
													],
													"destination": [
														"obj-19",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-19",
														0
													],
													"destination": [
														"obj-20",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-19",
														1
													],
													"destination": [
														"obj-20",
														2
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-19",
														2
													],
													"destination": [
														"obj-20",
														3
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-19",
														3
													],
													"destination": [
														"obj-20",
														4
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-19",
														4
													],
													"destination": [
														"obj-20",
														5
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-4",
														0
													],
													"destination": [
														"obj-21",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-21",
														0
													],
													"destination": [
														"obj-20",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-20",
														0
													],
													"destination": [
														"obj-22",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-22",
														1
													],
													"destination": [
														"obj-23",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-23",
														0
													],
													"destination": [
														"obj-24",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-24",
														3
													],
													"destination": [
														"obj-26",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-26",
														0
													],
													"destination": [
														"obj-25",
														3
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-24",
														2
													],
													"destination": [
														"obj-25",
														2
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-24",
														1
													],
													"destination": [
														"obj-25",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-24",
														0
													],
													"destination": [
														"obj-27",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-27",
														0
													],
													"destination": [
														"obj-25",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-25",
														0
													],
													"destination": [
														"obj-28",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-28",
														0
													],
													"destination": [
														"obj-6",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-3",
														0
													],
													"destination": [
														"obj-29",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-29",
														0
													],
													"destination": [
														"obj-30",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-30",
														1
													],
													"destination": [
														"obj-11",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-11",
														0
													],
													"destination": [
														"obj-31",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-30",
														0
													],
													"destination": [
														"obj-31",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-31",
														0
													],
													"destination": [
														"obj-7",
														0
													]
												}
											}
										]
									}
								}
							},
							{
								"box": {
									"id": "obj-9",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 2,
									"outlettype": [
										"",
										""
									],
									"patching_rect": [
										500,
										160,
										63,
										22
									],
									"text": "p Steps",
									"patcher": {
										"fileversion": 1,
										"appversion": {
											"major": 8,
											"minor": 6,
											"revision": 5,
											"architecture": "x64",
											"modernui": 1
										},
										"classnamespace": "box",
										"rect": [
											100,
											100,
											900,
											700
										],
										"gridsize": [
											8.0,
											8.0
										],
										"boxes": [
											{
												"box": {
													"id": "obj-1",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														420,
														20,
														30,
														22
													],
													"comment": "bang: forget where we were",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-2",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														20,
														460,
														30,
														22
													],
													"comment": "step in the bar, from 0",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-3",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														220,
														460,
														30,
														22
													],
													"comment": "beats a minute",
													"index": 2
												}
											},
											{
												"box": {
													"id": "obj-4",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"bang"
													],
													"patching_rect": [
														20,
														20,
														315,
														22
													],
													"text": "metro 10 ticks @active 1 @quantize 10 ticks"
												}
											},
											{
												"box": {
													"id": "obj-5",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 9,
													"outlettype": [
														"int",
														"int",
														"float",
														"float",
														"float",
														"",
														"int",
														"float",
														""
													],
													"patching_rect": [
														20,
														60,
														77,
														22
													],
													"text": "transport"
												}
											},
											{
												"box": {
													"id": "obj-6",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"float"
													],
													"patching_rect": [
														20,
														160,
														32,
														22
													],
													"text": "f"
												}
											},
											{
												"box": {
													"id": "obj-7",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 1,
													"outlettype": [
														"bang"
													],
													"patching_rect": [
														20,
														120,
														35,
														22
													],
													"text": "t b"
												}
											},
											{
												"box": {
													"id": "obj-8",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"float"
													],
													"patching_rect": [
														20,
														200,
														49,
														22
													],
													"text": "/ 10."
												}
											},
											{
												"box": {
													"id": "obj-9",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														20,
														240,
														49,
														22
													],
													"text": "+ 0.5"
												}
											},
											{
												"box": {
													"id": "obj-10",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"int"
													],
													"patching_rect": [
														20,
														280,
														32,
														22
													],
													"text": "i"
												}
											},
											{
												"box": {
													"id": "obj-11",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 3,
													"outlettype": [
														"",
														"int",
														"int"
													],
													"patching_rect": [
														20,
														320,
														77,
														22
													],
													"text": "change -1"
												}
											},
											{
												"box": {
													"id": "obj-12",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"int"
													],
													"patching_rect": [
														20,
														360,
														49,
														22
													],
													"text": "% 192"
												}
											},
											{
												"box": {
													"id": "obj-13",
													"maxclass": "message",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														420,
														60,
														56,
														22
													],
													"text": "set -1"
												}
											}
										],
										"lines": [
											{
												"patchline": {
													"source": [
														"obj-4",
														0
													],
													"destination": [
														"obj-5",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-5",
														7
													],
													"destination": [
														"obj-6",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-5",
														4
													],
													"destination": [
														"obj-3",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-5",
														0
													],
													"destination": [
														"obj-7",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-7",
														0
													],
													"destination": [
														"obj-6",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-6",
														0
													],
													"destination": [
														"obj-8",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-8",
														0
													],
													"destination": [
														"obj-9",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-9",
														0
													],
													"destination": [
														"obj-10",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-10",
														0
													],
													"destination": [
														"obj-11",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-11",
														0
													],
													"destination": [
														"obj-12",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-12",
														0
													],
													"destination": [
														"obj-2",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-1",
														0
													],
													"destination": [
														"obj-13",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-13",
														0
													],
													"destination": [
														"obj-11",
														0
													]
												}
											}
										]
									}
								}
							},
							{
								"box": {
									"id": "obj-10",
									"maxclass": "newobj",
									"numinlets": 3,
									"numoutlets": 2,
									"outlettype": [
										"",
										""
									],
									"patching_rect": [
										260,
										220,
										77,
										22
									],
									"text": "p NextBar",
									"patcher": {
										"fileversion": 1,
										"appversion": {
											"major": 8,
											"minor": 6,
											"revision": 5,
											"architecture": "x64",
											"modernui": 1
										},
										"classnamespace": "box",
										"rect": [
											100,
											100,
											900,
											700
										],
										"gridsize": [
											8.0,
											8.0
										],
										"boxes": [
											{
												"box": {
													"id": "obj-1",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														20,
														20,
														30,
														22
													],
													"comment": "step in the bar",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-2",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														220,
														20,
														30,
														22
													],
													"comment": "number of a bar that is complete",
													"index": 2
												}
											},
											{
												"box": {
													"id": "obj-3",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														420,
														20,
														30,
														22
													],
													"comment": "bang: forget all bars",
													"index": 3
												}
											},
											{
												"box": {
													"id": "obj-4",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														20,
														400,
														30,
														22
													],
													"comment": "step, after the slot",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-5",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														220,
														400,
														30,
														22
													],
													"comment": "slot to read, 1..4; 0: none",
													"index": 2
												}
											},
											{
												"box": {
													"id": "obj-6",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 2,
													"outlettype": [
														"int",
														"int"
													],
													"patching_rect": [
														20,
														60,
														49,
														22
													],
													"text": "t i i"
												}
											},
											{
												"box": {
													"id": "obj-7",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"int"
													],
													"patching_rect": [
														220,
														140,
														42,
														22
													],
													"text": "i -1"
												}
											},
											{
												"box": {
													"id": "obj-8",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 2,
													"outlettype": [
														"bang",
														""
													],
													"patching_rect": [
														120,
														100,
														49,
														22
													],
													"text": "sel 0"
												}
											},
											{
												"box": {
													"id": "obj-9",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														220,
														180,
														161,
														22
													],
													"text": "expr $i1-($i1+2==$i2)"
												}
											},
											{
												"box": {
													"id": "obj-10",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 2,
													"outlettype": [
														"int",
														"int"
													],
													"patching_rect": [
														220,
														220,
														49,
														22
													],
													"text": "t i i"
												}
											},
											{
												"box": {
													"id": "obj-11",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														320,
														260,
														35,
														22
													],
													"text": "+ 4"
												}
											},
											{
												"box": {
													"id": "obj-12",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"int"
													],
													"patching_rect": [
														220,
														300,
														35,
														22
													],
													"text": "% 4"
												}
											},
											{
												"box": {
													"id": "obj-13",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														220,
														340,
														35,
														22
													],
													"text": "+ 1"
												}
											},
											{
												"box": {
													"id": "obj-14",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 2,
													"outlettype": [
														"bang",
														"bang"
													],
													"patching_rect": [
														420,
														60,
														49,
														22
													],
													"text": "t b b"
												}
											},
											{
												"box": {
													"id": "obj-15",
													"maxclass": "message",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														500,
														100,
														32,
														22
													],
													"text": "0"
												}
											},
											{
												"box": {
													"id": "obj-16",
													"maxclass": "message",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														420,
														100,
														32,
														22
													],
													"text": "-1"
												}
											},
											{
												"box": {
													"id": "obj-17",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 2,
													"outlettype": [
														"int",
														"int"
													],
													"patching_rect": [
														420,
														140,
														49,
														22
													],
													"text": "t i i"
												}
											}
										],
										"lines": [
											{
												"patchline": {
													"source": [
														"obj-1",
														0
													],
													"destination": [
														"obj-6",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-6",
														0
													],
													"destination": [
														"obj-4",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-2",
														0
													],
													"destination": [
														"obj-7",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-6",
														1
													],
													"destination": [
														"obj-8",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-8",
														0
													],
													"destination": [
														"obj-7",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-7",
														0
													],
													"destination": [
														"obj-9",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-9",
														0
													],
													"destination": [
														"obj-10",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-10",
														1
													],
													"destination": [
														"obj-11",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-11",
														0
													],
													"destination": [
														"obj-9",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-10",
														0
													],
													"destination": [
														"obj-12",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-12",
														0
													],
													"destination": [
														"obj-13",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-13",
														0
													],
													"destination": [
														"obj-5",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-3",
														0
													],
													"destination": [
														"obj-14",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-14",
														1
													],
													"destination": [
														"obj-15",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-15",
														0
													],
													"destination": [
														"obj-9",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-14",
														0
													],
													"destination": [
														"obj-16",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-16",
														0
													],
													"destination": [
														"obj-17",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-17",
														1
													],
													"destination": [
														"obj-7",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-17",
														0
													],
													"destination": [
														"obj-12",
														0
													]
												}
											}
										]
									}
								}
							},
							{
								"box": {
									"id": "obj-11",
									"maxclass": "newobj",
									"numinlets": 5,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										280,
										56,
										22
									],
									"text": "p Ring",
									"patcher": {
										"fileversion": 1,
										"appversion": {
											"major": 8,
											"minor": 6,
											"revision": 5,
											"architecture": "x64",
											"modernui": 1
										},
										"classnamespace": "box",
										"rect": [
											100,
											100,
											900,
											700
										],
										"gridsize": [
											8.0,
											8.0
										],
										"boxes": [
											{
												"box": {
													"id": "obj-1",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														20,
														20,
														30,
														22
													],
													"comment": "slot to write, 1..4",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-2",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														120,
														20,
														30,
														22
													],
													"comment": "what to do with it",
													"index": 2
												}
											},
											{
												"box": {
													"id": "obj-3",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														320,
														20,
														30,
														22
													],
													"comment": "slot to read, 1..4; 0: none",
													"index": 3
												}
											},
											{
												"box": {
													"id": "obj-4",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														420,
														20,
														30,
														22
													],
													"comment": "step",
													"index": 4
												}
											},
											{
												"box": {
													"id": "obj-5",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														620,
														20,
														30,
														22
													],
													"comment": "bang: empty all",
													"index": 5
												}
											},
											{
												"box": {
													"id": "obj-6",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														20,
														300,
														30,
														22
													],
													"comment": "(pitch velocity ticks)* of the notes on this step",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-7",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 4,
													"outlettype": [
														"",
														"",
														"",
														""
													],
													"patching_rect": [
														20,
														80,
														56,
														22
													],
													"text": "gate 4"
												}
											},
											{
												"box": {
													"id": "obj-8",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 4,
													"outlettype": [
														"",
														"",
														"",
														""
													],
													"patching_rect": [
														320,
														80,
														56,
														22
													],
													"text": "gate 4"
												}
											},
											{
												"box": {
													"id": "obj-9",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 4,
													"outlettype": [
														"bang",
														"bang",
														"bang",
														"bang"
													],
													"patching_rect": [
														620,
														80,
														77,
														22
													],
													"text": "t b b b b"
												}
											},
											{
												"box": {
													"id": "obj-10",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 4,
													"outlettype": [
														"",
														"",
														"",
														""
													],
													"patching_rect": [
														20,
														220,
														42,
														22
													],
													"text": "coll"
												}
											},
											{
												"box": {
													"id": "obj-11",
													"maxclass": "message",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														620,
														140,
														49,
														22
													],
													"text": "clear"
												}
											},
											{
												"box": {
													"id": "obj-12",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 4,
													"outlettype": [
														"",
														"",
														"",
														""
													],
													"patching_rect": [
														140,
														220,
														42,
														22
													],
													"text": "coll"
												}
											},
											{
												"box": {
													"id": "obj-13",
													"maxclass": "message",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														684,
														140,
														49,
														22
													],
													"text": "clear"
												}
											},
											{
												"box": {
													"id": "obj-14",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 4,
													"outlettype": [
														"",
														"",
														"",
														""
													],
													"patching_rect": [
														260,
														220,
														42,
														22
													],
													"text": "coll"
												}
											},
											{
												"box": {
													"id": "obj-15",
													"maxclass": "message",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														748,
														140,
														49,
														22
													],
													"text": "clear"
												}
											},
											{
												"box": {
													"id": "obj-16",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 4,
													"outlettype": [
														"",
														"",
														"",
														""
													],
													"patching_rect": [
														380,
														220,
														42,
														22
													],
													"text": "coll"
												}
											},
											{
												"box": {
													"id": "obj-17",
													"maxclass": "message",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														812,
														140,
														49,
														22
													],
													"text": "clear"
												}
											}
										],
										"lines": [
											{
												"patchline": {
													"source": [
														"obj-1",
														0
													],
													"destination": [
														"obj-7",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-2",
														0
													],
													"destination": [
														"obj-7",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-3",
														0
													],
													"destination": [
														"obj-8",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-4",
														0
													],
													"destination": [
														"obj-8",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-5",
														0
													],
													"destination": [
														"obj-9",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-7",
														0
													],
													"destination": [
														"obj-10",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-8",
														0
													],
													"destination": [
														"obj-10",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-9",
														0
													],
													"destination": [
														"obj-11",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-11",
														0
													],
													"destination": [
														"obj-10",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-10",
														0
													],
													"destination": [
														"obj-6",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-7",
														1
													],
													"destination": [
														"obj-12",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-8",
														1
													],
													"destination": [
														"obj-12",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-9",
														1
													],
													"destination": [
														"obj-13",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-13",
														0
													],
													"destination": [
														"obj-12",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-12",
														0
													],
													"destination": [
														"obj-6",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-7",
														2
													],
													"destination": [
														"obj-14",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-8",
														2
													],
													"destination": [
														"obj-14",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-9",
														2
													],
													"destination": [
														"obj-15",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-15",
														0
													],
													"destination": [
														"obj-14",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-14",
														0
													],
													"destination": [
														"obj-6",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-7",
														3
													],
													"destination": [
														"obj-16",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-8",
														3
													],
													"destination": [
														"obj-16",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-9",
														3
													],
													"destination": [
														"obj-17",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-17",
														0
													],
													"destination": [
														"obj-16",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-16",
														0
													],
													"destination": [
														"obj-6",
														0
													]
												}
											}
										]
									}
								}
							},
							{
								"box": {
									"id": "obj-12",
									"maxclass": "newobj",
									"numinlets": 3,
									"numoutlets": 2,
									"outlettype": [
										"",
										""
									],
									"patching_rect": [
										20,
										340,
										63,
										22
									],
									"text": "p Sound",
									"patcher": {
										"fileversion": 1,
										"appversion": {
											"major": 8,
											"minor": 6,
											"revision": 5,
											"architecture": "x64",
											"modernui": 1
										},
										"classnamespace": "box",
										"rect": [
											100,
											100,
											900,
											700
										],
										"gridsize": [
											8.0,
											8.0
										],
										"boxes": [
											{
												"box": {
													"id": "obj-1",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														20,
														20,
														30,
														22
													],
													"comment": "(pitch velocity ticks)*",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-2",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														220,
														20,
														30,
														22
													],
													"comment": "beats a minute",
													"index": 2
												}
											},
											{
												"box": {
													"id": "obj-3",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														360,
														20,
														30,
														22
													],
													"comment": "bang: end every note now",
													"index": 3
												}
											},
											{
												"box": {
													"id": "obj-4",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														20,
														320,
														30,
														22
													],
													"comment": "pitch",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-5",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														120,
														320,
														30,
														22
													],
													"comment": "velocity; 0: note off",
													"index": 2
												}
											},
											{
												"box": {
													"id": "obj-6",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 2,
													"outlettype": [
														"",
														""
													],
													"patching_rect": [
														20,
														60,
														77,
														22
													],
													"text": "zl iter 3"
												}
											},
											{
												"box": {
													"id": "obj-7",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 3,
													"outlettype": [
														"int",
														"int",
														"int"
													],
													"patching_rect": [
														20,
														100,
														98,
														22
													],
													"text": "unpack 0 0 0"
												}
											},
											{
												"box": {
													"id": "obj-8",
													"maxclass": "newobj",
													"numinlets": 3,
													"numoutlets": 2,
													"outlettype": [
														"float",
														"float"
													],
													"patching_rect": [
														20,
														240,
														224,
														22
													],
													"text": "makenote 100 250 @repeatmode 1"
												}
											},
											{
												"box": {
													"id": "obj-9",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														160,
														160,
														133,
														22
													],
													"text": "expr $f1*125./$f2"
												}
											},
											{
												"box": {
													"id": "obj-10",
													"maxclass": "message",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														360,
														200,
														42,
														22
													],
													"text": "stop"
												}
											}
										],
										"lines": [
											{
												"patchline": {
													"source": [
														"obj-1",
														0
													],
													"destination": [
														"obj-6",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-6",
														0
													],
													"destination": [
														"obj-7",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-7",
														2
													],
													"destination": [
														"obj-9",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-2",
														0
													],
													"destination": [
														"obj-9",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-9",
														0
													],
													"destination": [
														"obj-8",
														2
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-7",
														1
													],
													"destination": [
														"obj-8",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-7",
														0
													],
													"destination": [
														"obj-8",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-3",
														0
													],
													"destination": [
														"obj-10",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-10",
														0
													],
													"destination": [
														"obj-8",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-8",
														1
													],
													"destination": [
														"obj-5",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-8",
														0
													],
													"destination": [
														"obj-4",
														0
													]
												}
											}
										]
									}
								}
							},
							{
								"box": {
									"id": "obj-13",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 4,
									"outlettype": [
										"bang",
										"bang",
										"bang",
										"bang"
									],
									"patching_rect": [
										500,
										60,
										77,
										22
									],
									"text": "t b b b b"
								}
							}
						],
						"lines": [
							{
								"patchline": {
									"source": [
										"obj-1",
										0
									],
									"destination": [
										"obj-8",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-2",
										0
									],
									"destination": [
										"obj-8",
										1
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-3",
										0
									],
									"destination": [
										"obj-8",
										2
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-4",
										0
									],
									"destination": [
										"obj-8",
										3
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-8",
										0
									],
									"destination": [
										"obj-11",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-8",
										1
									],
									"destination": [
										"obj-11",
										1
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-8",
										2
									],
									"destination": [
										"obj-10",
										1
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-9",
										0
									],
									"destination": [
										"obj-10",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-9",
										1
									],
									"destination": [
										"obj-12",
										1
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-10",
										0
									],
									"destination": [
										"obj-11",
										3
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-10",
										1
									],
									"destination": [
										"obj-11",
										2
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-11",
										0
									],
									"destination": [
										"obj-12",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-12",
										0
									],
									"destination": [
										"obj-6",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-12",
										1
									],
									"destination": [
										"obj-7",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-5",
										0
									],
									"destination": [
										"obj-13",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-13",
										3
									],
									"destination": [
										"obj-12",
										2
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-13",
										2
									],
									"destination": [
										"obj-11",
										4
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-13",
										1
									],
									"destination": [
										"obj-10",
										2
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-13",
										0
									],
									"destination": [
										"obj-9",
										0
									]
								}
							}
						]
					}
				}
			},
			{
				"box": {
					"id": "obj-25",
					"maxclass": "newobj",
					"numinlets": 5,
					"numoutlets": 1,
					"outlettype": [
						""
					],
					"patching_rect": [
						400,
						500,
						84,
						22
					],
					"text": "p Commands",
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 5,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100,
							100,
							900,
							700
						],
						"gridsize": [
							8.0,
							8.0
						],
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										20,
										30,
										22
									],
									"comment": "bang: play",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										220,
										20,
										30,
										22
									],
									"comment": "beats a minute",
									"index": 2
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										360,
										20,
										30,
										22
									],
									"comment": "bang: stop",
									"index": 3
								}
							},
							{
								"box": {
									"id": "obj-4",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										500,
										20,
										30,
										22
									],
									"comment": "bang: panic",
									"index": 4
								}
							},
							{
								"box": {
									"id": "obj-5",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										660,
										20,
										30,
										22
									],
									"comment": "bang: new phrase",
									"index": 5
								}
							},
							{
								"box": {
									"id": "obj-6",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										20,
										260,
										30,
										22
									],
									"comment": "to the server",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-7",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 2,
									"outlettype": [
										"bang",
										"bang"
									],
									"patching_rect": [
										20,
										60,
										49,
										22
									],
									"text": "t b b"
								}
							},
							{
								"box": {
									"id": "obj-8",
									"maxclass": "newobj",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										"float"
									],
									"patching_rect": [
										220,
										100,
										56,
										22
									],
									"text": "f 120."
								}
							},
							{
								"box": {
									"id": "obj-9",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										220,
										160,
										168,
										22
									],
									"text": "prepend /musegan/tempo"
								}
							},
							{
								"box": {
									"id": "obj-10",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										160,
										105,
										22
									],
									"text": "/musegan/play"
								}
							},
							{
								"box": {
									"id": "obj-11",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										400,
										160,
										105,
										22
									],
									"text": "/musegan/stop"
								}
							},
							{
								"box": {
									"id": "obj-12",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										520,
										160,
										112,
										22
									],
									"text": "/musegan/panic"
								}
							},
							{
								"box": {
									"id": "obj-13",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										660,
										160,
										98,
										22
									],
									"text": "/musegan/gen"
								}
							}
						],
						"lines": [
							{
								"patchline": {
									"source": [
										"obj-1",
										0
									],
									"destination": [
										"obj-7",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-2",
										0
									],
									"destination": [
										"obj-8",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-7",
										1
									],
									"destination": [
										"obj-8",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-8",
										0
									],
									"destination": [
										"obj-9",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-9",
										0
									],
									"destination": [
										"obj-6",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-7",
										0
									],
									"destination": [
										"obj-10",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-10",
										0
									],
									"destination": [
										"obj-6",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-3",
										0
									],
									"destination": [
										"obj-11",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-11",
										0
									],
									"destination": [
										"obj-6",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-4",
										0
									],
									"destination": [
										"obj-12",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-12",
										0
									],
									"destination": [
										"obj-6",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-5",
										0
									],
									"destination": [
										"obj-13",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-13",
										0
									],
									"destination": [
										"obj-6",
										0
									]
								}
							}
						]
					}
				}
			},
			{
				"box": {
					"id": "obj-26",
					"maxclass": "newobj",
					"numinlets": 0,
					"numoutlets": 3,
					"outlettype": [
						"",
						"",
						""
					],
					"patching_rect": [
						400,
						160,
						126,
						22
					],
					"text": "p WatchTransport",
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 5,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100,
							100,
							900,
							700
						],
						"gridsize": [
							8.0,
							8.0
						],
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										20,
										260,
										30,
										22
									],
									"comment": "bang: it started",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										120,
										260,
										30,
										22
									],
									"comment": "bang: it stopped",
									"index": 2
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										320,
										260,
										30,
										22
									],
									"comment": "beats a minute",
									"index": 3
								}
							},
							{
								"box": {
									"id": "obj-4",
									"maxclass": "newobj",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										"bang"
									],
									"patching_rect": [
										20,
										20,
										140,
										22
									],
									"text": "metro 20 @active 1"
								}
							},
							{
								"box": {
									"id": "obj-5",
									"maxclass": "newobj",
									"numinlets": 2,
									"numoutlets": 9,
									"outlettype": [
										"int",
										"int",
										"float",
										"float",
										"float",
										"",
										"int",
										"float",
										""
									],
									"patching_rect": [
										20,
										60,
										77,
										22
									],
									"text": "transport"
								}
							},
							{
								"box": {
									"id": "obj-6",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 3,
									"outlettype": [
										"",
										"int",
										"int"
									],
									"patching_rect": [
										20,
										120,
										56,
										22
									],
									"text": "change"
								}
							},
							{
								"box": {
									"id": "obj-7",
									"maxclass": "newobj",
									"numinlets": 3,
									"numoutlets": 3,
									"outlettype": [
										"bang",
										"bang",
										""
									],
									"patching_rect": [
										20,
										160,
										63,
										22
									],
									"text": "sel 1 0"
								}
							},
							{
								"box": {
									"id": "obj-8",
									"maxclass": "newobj",
									"numinlets": 3,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										320,
										120,
										105,
										22
									],
									"text": "clip 20. 400."
								}
							},
							{
								"box": {
									"id": "obj-9",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 3,
									"outlettype": [
										"",
										"int",
										"int"
									],
									"patching_rect": [
										320,
										160,
										77,
										22
									],
									"text": "change 0."
								}
							},
							{
								"box": {
									"id": "obj-10",
									"maxclass": "newobj",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										320,
										200,
										98,
										22
									],
									"text": "speedlim 100"
								}
							}
						],
						"lines": [
							{
								"patchline": {
									"source": [
										"obj-4",
										0
									],
									"destination": [
										"obj-5",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-5",
										6
									],
									"destination": [
										"obj-6",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-6",
										0
									],
									"destination": [
										"obj-7",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-7",
										0
									],
									"destination": [
										"obj-1",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-7",
										1
									],
									"destination": [
										"obj-2",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-5",
										4
									],
									"destination": [
										"obj-8",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-8",
										0
									],
									"destination": [
										"obj-9",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-9",
										0
									],
									"destination": [
										"obj-10",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-10",
										0
									],
									"destination": [
										"obj-3",
										0
									]
								}
							}
						]
					}
				}
			},
			{
				"box": {
					"id": "obj-27",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"bang",
						"bang"
					],
					"patching_rect": [
						280,
						160,
						49,
						22
					],
					"text": "t b b"
				}
			},
			{
				"box": {
					"id": "obj-28",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"bang",
						"bang"
					],
					"patching_rect": [
						560,
						160,
						49,
						22
					],
					"text": "t b b"
				}
			},
			{
				"box": {
					"id": "obj-29",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 3,
					"outlettype": [
						"",
						"",
						""
					],
					"patching_rect": [
						800,
						200,
						91,
						22
					],
					"text": "p Subscribe",
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 5,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100,
							100,
							900,
							700
						],
						"gridsize": [
							8.0,
							8.0
						],
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										20,
										30,
										22
									],
									"comment": "own port",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										220,
										20,
										30,
										22
									],
									"comment": "bang: subscribe now",
									"index": 2
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										20,
										320,
										30,
										22
									],
									"comment": "to the server",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-4",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										320,
										320,
										30,
										22
									],
									"comment": "to udpreceive",
									"index": 2
								}
							},
							{
								"box": {
									"id": "obj-5",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										480,
										320,
										30,
										22
									],
									"comment": "bang: subscribed",
									"index": 3
								}
							},
							{
								"box": {
									"id": "obj-6",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 3,
									"outlettype": [
										"bang",
										"int",
										"int"
									],
									"patching_rect": [
										20,
										60,
										63,
										22
									],
									"text": "t b i i"
								}
							},
							{
								"box": {
									"id": "obj-7",
									"maxclass": "newobj",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										"int"
									],
									"patching_rect": [
										20,
										140,
										56,
										22
									],
									"text": "i 7401"
								}
							},
							{
								"box": {
									"id": "obj-8",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										320,
										100,
										98,
										22
									],
									"text": "prepend port"
								}
							},
							{
								"box": {
									"id": "obj-9",
									"maxclass": "newobj",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										"bang"
									],
									"patching_rect": [
										420,
										60,
										161,
										22
									],
									"text": "metro 10000 @active 1"
								}
							},
							{
								"box": {
									"id": "obj-10",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 2,
									"outlettype": [
										"bang",
										"int"
									],
									"patching_rect": [
										20,
										180,
										49,
										22
									],
									"text": "t b i"
								}
							},
							{
								"box": {
									"id": "obj-11",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										260,
										217,
										22
									],
									"text": "/musegan/subscribe bar $1 30."
								}
							}
						],
						"lines": [
							{
								"patchline": {
									"source": [
										"obj-1",
										0
									],
									"destination": [
										"obj-6",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-6",
										2
									],
									"destination": [
										"obj-8",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-8",
										0
									],
									"destination": [
										"obj-4",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-6",
										1
									],
									"destination": [
										"obj-7",
										1
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-6",
										0
									],
									"destination": [
										"obj-7",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-2",
										0
									],
									"destination": [
										"obj-7",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-9",
										0
									],
									"destination": [
										"obj-7",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-7",
										0
									],
									"destination": [
										"obj-10",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-10",
										1
									],
									"destination": [
										"obj-11",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-11",
										0
									],
									"destination": [
										"obj-3",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-10",
										0
									],
									"destination": [
										"obj-5",
										0
									]
								}
							}
						]
					}
				}
			},
			{
				"box": {
					"id": "obj-30",
					"maxclass": "newobj",
					"numinlets": 4,
					"numoutlets": 1,
					"outlettype": [
						""
					],
					"patching_rect": [
						1000,
						500,
						70,
						22
					],
					"text": "p Follow",
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 5,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100,
							100,
							900,
							700
						],
						"gridsize": [
							8.0,
							8.0
						],
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										20,
										30,
										22
									],
									"comment": "pitch velocity",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										220,
										20,
										30,
										22
									],
									"comment": "follow: 0 or 1",
									"index": 2
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										420,
										20,
										30,
										22
									],
									"comment": "track: 0..4",
									"index": 3
								}
							},
							{
								"box": {
									"id": "obj-4",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										560,
										20,
										30,
										22
									],
									"comment": "bang: say it again, the server may be new",
									"index": 4
								}
							},
							{
								"box": {
									"id": "obj-5",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										20,
										400,
										30,
										22
									],
									"comment": "to the server",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-6",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 3,
									"outlettype": [
										"",
										"int",
										"int"
									],
									"patching_rect": [
										220,
										60,
										56,
										22
									],
									"text": "change"
								}
							},
							{
								"box": {
									"id": "obj-7",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 3,
									"outlettype": [
										"int",
										"int",
										"int"
									],
									"patching_rect": [
										220,
										100,
										63,
										22
									],
									"text": "t i i i"
								}
							},
							{
								"box": {
									"id": "obj-8",
									"maxclass": "newobj",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										140,
										42,
										22
									],
									"text": "gate"
								}
							},
							{
								"box": {
									"id": "obj-9",
									"maxclass": "newobj",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										420,
										140,
										42,
										22
									],
									"text": "gate"
								}
							},
							{
								"box": {
									"id": "obj-10",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										300,
										182,
										22
									],
									"text": "prepend /musegan/in/note"
								}
							},
							{
								"box": {
									"id": "obj-11",
									"maxclass": "newobj",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										"int"
									],
									"patching_rect": [
										420,
										180,
										32,
										22
									],
									"text": "i"
								}
							},
							{
								"box": {
									"id": "obj-12",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 2,
									"outlettype": [
										"bang",
										"int"
									],
									"patching_rect": [
										420,
										60,
										49,
										22
									],
									"text": "t b i"
								}
							},
							{
								"box": {
									"id": "obj-13",
									"maxclass": "newobj",
									"numinlets": 3,
									"numoutlets": 3,
									"outlettype": [
										"bang",
										"bang",
										""
									],
									"patching_rect": [
										220,
										180,
										63,
										22
									],
									"text": "sel 1 0"
								}
							},
							{
								"box": {
									"id": "obj-14",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										220,
										240,
										168,
										22
									],
									"text": "/musegan/in/track none"
								}
							},
							{
								"box": {
									"id": "obj-15",
									"maxclass": "newobj",
									"numinlets": 6,
									"numoutlets": 6,
									"outlettype": [
										"bang",
										"bang",
										"bang",
										"bang",
										"bang",
										""
									],
									"patching_rect": [
										420,
										220,
										105,
										22
									],
									"text": "sel 0 1 2 3 4"
								}
							},
							{
								"box": {
									"id": "obj-16",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										220,
										300,
										168,
										22
									],
									"text": "/musegan/in/track bass"
								}
							},
							{
								"box": {
									"id": "obj-17",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										430,
										300,
										175,
										22
									],
									"text": "/musegan/in/track drums"
								}
							},
							{
								"box": {
									"id": "obj-18",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										640,
										300,
										182,
										22
									],
									"text": "/musegan/in/track guitar"
								}
							},
							{
								"box": {
									"id": "obj-19",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										220,
										340,
										175,
										22
									],
									"text": "/musegan/in/track piano"
								}
							},
							{
								"box": {
									"id": "obj-20",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										430,
										340,
										189,
										22
									],
									"text": "/musegan/in/track strings"
								}
							}
						],
						"lines": [
							{
								"patchline": {
									"source": [
										"obj-2",
										0
									],
									"destination": [
										"obj-6",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-6",
										0
									],
									"destination": [
										"obj-7",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-7",
										2
									],
									"destination": [
										"obj-8",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-7",
										1
									],
									"destination": [
										"obj-9",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-1",
										0
									],
									"destination": [
										"obj-8",
										1
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-8",
										0
									],
									"destination": [
										"obj-10",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-10",
										0
									],
									"destination": [
										"obj-5",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-3",
										0
									],
									"destination": [
										"obj-12",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-12",
										1
									],
									"destination": [
										"obj-11",
										1
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-12",
										0
									],
									"destination": [
										"obj-9",
										1
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-4",
										0
									],
									"destination": [
										"obj-9",
										1
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-9",
										0
									],
									"destination": [
										"obj-11",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-7",
										0
									],
									"destination": [
										"obj-13",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-13",
										0
									],
									"destination": [
										"obj-11",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-13",
										1
									],
									"destination": [
										"obj-14",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-14",
										0
									],
									"destination": [
										"obj-5",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-11",
										0
									],
									"destination": [
										"obj-15",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-15",
										0
									],
									"destination": [
										"obj-16",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-16",
										0
									],
									"destination": [
										"obj-5",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-15",
										1
									],
									"destination": [
										"obj-17",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-17",
										0
									],
									"destination": [
										"obj-5",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-15",
										2
									],
									"destination": [
										"obj-18",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-18",
										0
									],
									"destination": [
										"obj-5",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-15",
										3
									],
									"destination": [
										"obj-19",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-19",
										0
									],
									"destination": [
										"obj-5",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-15",
										4
									],
									"destination": [
										"obj-20",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-20",
										0
									],
									"destination": [
										"obj-5",
										0
									]
								}
							}
						]
					}
				}
			},
			{
				"box": {
					"id": "obj-31",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"bang",
						"int"
					],
					"patching_rect": [
						700,
						140,
						49,
						22
					],
					"text": "t b i"
				}
			},
			{
				"box": {
					"id": "obj-32",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"outlettype": [
						""
					],
					"patching_rect": [
						760,
						160,
						98,
						22
					],
					"text": "prepend port"
				}
			},
			{
				"box": {
					"id": "obj-33",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 3,
					"outlettype": [
						"int",
						"int",
						"bang"
					],
					"patching_rect": [
						20,
						140,
						63,
						22
					],
					"text": "t i i b"
				}
			},
			{
				"box": {
					"id": "obj-34",
					"maxclass": "live.comment",
					"numinlets": 1,
					"numoutlets": 0,
					"outlettype": [],
					"patching_rect": [
						20,
						620,
						80,
						18
					],
					"text": "Transport",
					"textjustification": 0,
					"presentation": 1,
					"presentation_rect": [
						188,
						30,
						80,
						18
					]
				}
			},
			{
				"box": {
					"id": "obj-35",
					"maxclass": "live.text",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						""
					],
					"patching_rect": [
						300,
						620,
						84,
						18
					],
					"mode": 1,
					"text": "Start",
					"texton": "Running",
					"parameter_enable": 1,
					"varname": "Run Transport",
					"annotation": "Start and stop Max's transport.",
					"annotation_name": "Run Transport",
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "Run Transport",
							"parameter_shortname": "Run",
							"parameter_annotation_name": "Run Transport",
							"parameter_info": "Start and stop Max's transport.",
							"parameter_invisible": 1,
							"parameter_initial_enable": 1,
							"parameter_initial": [
								0
							],
							"parameter_modmode": 0,
							"parameter_type": 2,
							"parameter_enum": [
								"off",
								"on"
							],
							"parameter_mmax": 1,
							"parameter_unitstyle": 9
						}
					},
					"presentation": 1,
					"presentation_rect": [
						188,
						48,
						84,
						18
					]
				}
			},
			{
				"box": {
					"id": "obj-36",
					"maxclass": "live.comment",
					"numinlets": 1,
					"numoutlets": 0,
					"outlettype": [],
					"patching_rect": [
						20,
						650,
						80,
						18
					],
					"text": "Tempo",
					"textjustification": 0,
					"presentation": 1,
					"presentation_rect": [
						188,
						104,
						80,
						18
					]
				}
			},
			{
				"box": {
					"id": "obj-37",
					"maxclass": "live.numbox",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						"float"
					],
					"patching_rect": [
						420,
						620,
						62,
						16
					],
					"parameter_enable": 1,
					"varname": "Tempo",
					"annotation": "Tempo of Max's transport, in beats a minute.",
					"annotation_name": "Tempo",
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "Tempo",
							"parameter_shortname": "Tempo",
							"parameter_annotation_name": "Tempo",
							"parameter_info": "Tempo of Max's transport, in beats a minute.",
							"parameter_invisible": 1,
							"parameter_initial_enable": 1,
							"parameter_initial": [
								120
							],
							"parameter_modmode": 0,
							"parameter_type": 0,
							"parameter_mmin": 20,
							"parameter_mmax": 400,
							"parameter_unitstyle": 0
						}
					},
					"presentation": 1,
					"presentation_rect": [
						188,
						122,
						62,
						16
					]
				}
			},
			{
				"box": {
					"id": "obj-38",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 9,
					"outlettype": [
						"int",
						"int",
						"float",
						"float",
						"float",
						"",
						"int",
						"float",
						""
					],
					"patching_rect": [
						300,
						700,
						77,
						22
					],
					"text": "transport"
				}
			},
			{
				"box": {
					"id": "obj-39",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"outlettype": [
						""
					],
					"patching_rect": [
						420,
						660,
						105,
						22
					],
					"text": "prepend tempo"
				}
			},
			{
				"box": {
					"id": "obj-40",
					"maxclass": "newobj",
					"numinlets": 3,
					"numoutlets": 0,
					"outlettype": [],
					"patching_rect": [
						20,
						700,
						63,
						22
					],
					"text": "noteout"
				}
			},
			{
				"box": {
					"id": "obj-41",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 3,
					"outlettype": [
						"int",
						"int",
						"int"
					],
					"patching_rect": [
						1100,
						340,
						56,
						22
					],
					"text": "notein"
				}
			},
			{
				"box": {
					"id": "obj-42",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 1,
					"outlettype": [
						""
					],
					"patching_rect": [
						1100,
						440,
						70,
						22
					],
					"text": "pack 0 0"
				}
			}
		],
		"lines": [
			{
				"patchline": {
					"source": [
						"obj-16",
						0
					],
					"destination": [
						"obj-18",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-18",
						0
					],
					"destination": [
						"obj-19",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-18",
						1
					],
					"destination": [
						"obj-20",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-20",
						0
					],
					"destination": [
						"obj-3",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-19",
						4
					],
					"destination": [
						"obj-21",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-21",
						0
					],
					"destination": [
						"obj-4",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-19",
						5
					],
					"destination": [
						"obj-22",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-22",
						0
					],
					"destination": [
						"obj-4",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-19",
						0
					],
					"destination": [
						"obj-24",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-19",
						1
					],
					"destination": [
						"obj-24",
						1
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-19",
						2
					],
					"destination": [
						"obj-24",
						2
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-19",
						3
					],
					"destination": [
						"obj-23",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-23",
						0
					],
					"destination": [
						"obj-24",
						4
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-25",
						0
					],
					"destination": [
						"obj-17",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-26",
						0
					],
					"destination": [
						"obj-25",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-26",
						2
					],
					"destination": [
						"obj-25",
						1
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-26",
						1
					],
					"destination": [
						"obj-27",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-8",
						0
					],
					"destination": [
						"obj-27",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-27",
						1
					],
					"destination": [
						"obj-23",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-27",
						0
					],
					"destination": [
						"obj-25",
						2
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-9",
						0
					],
					"destination": [
						"obj-25",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-10",
						0
					],
					"destination": [
						"obj-28",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-28",
						1
					],
					"destination": [
						"obj-23",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-28",
						0
					],
					"destination": [
						"obj-25",
						3
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-11",
						0
					],
					"destination": [
						"obj-25",
						4
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-15",
						0
					],
					"destination": [
						"obj-29",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-29",
						0
					],
					"destination": [
						"obj-17",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-29",
						1
					],
					"destination": [
						"obj-16",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-29",
						2
					],
					"destination": [
						"obj-30",
						3
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-13",
						0
					],
					"destination": [
						"obj-31",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-31",
						1
					],
					"destination": [
						"obj-32",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-32",
						0
					],
					"destination": [
						"obj-17",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-31",
						0
					],
					"destination": [
						"obj-29",
						1
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-6",
						0
					],
					"destination": [
						"obj-33",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-33",
						2
					],
					"destination": [
						"obj-23",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-33",
						1
					],
					"destination": [
						"obj-24",
						3
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-33",
						0
					],
					"destination": [
						"obj-30",
						2
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-7",
						0
					],
					"destination": [
						"obj-30",
						1
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-30",
						0
					],
					"destination": [
						"obj-17",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-35",
						0
					],
					"destination": [
						"obj-38",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-37",
						0
					],
					"destination": [
						"obj-39",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-39",
						0
					],
					"destination": [
						"obj-38",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-24",
						1
					],
					"destination": [
						"obj-40",
						1
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-24",
						0
					],
					"destination": [
						"obj-40",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-41",
						1
					],
					"destination": [
						"obj-42",
						1
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-41",
						0
					],
					"destination": [
						"obj-42",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-42",
						0
					],
					"destination": [
						"obj-30",
						0
					]
				}
			}
		]
	}
}
